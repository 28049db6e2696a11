/*
 * DRI1 of K. Debrabant, A. Rößler, Appl. Numer. Math. 59 (2009) 582–594, for Itô's sense and any noise. I_k are three-point variables, I_kl
 * their iterated integrals (weak-increments.ts), r = √h, b drift, σ_k columns of σ:
 *
 *     x₂ = x + ½ h b₁ + DRIFT_NOISE[0] Σ_k σ_k I_k,     x₃ = x + h(−b₁ + 2b₂) + DRIFT_NOISE[1] Σ_k σ_k I_k
 *     σ_k± = σ_k(x + C h b₁ ± SHIFT r σ_k, t + C h)
 *     v_k = Σ_{l≠k} (MIXED_START σ_l + MIXED_SHIFTED (σ_l⁺ + σ_l⁻)) I_kl/r,     τ_k± = σ_k(x ± v_k, t)
 *     x ← x + h(b₁ + 4b₂ + b₃)/6 + Σ_k (BETA_1[0] σ_k + BETA_1[1](σ_k⁺ + σ_k⁻)) I_k + BETA_2 (σ_k⁺ − σ_k⁻) I_kk/r
 *           + BETA_3 (τ_k⁺ + τ_k⁻ − 2σ_k) I_k + BETA_4 (τ_k⁺ − τ_k⁻) r
 */
export const C = 342 / 491;
export const DRIFT_NOISE = [(6 - Math.sqrt(6)) / 10, (3 + 2 * Math.sqrt(6)) / 5] as const;
export const SHIFT = 3 * Math.sqrt(38 / 491);
export const MIXED_START = (214 / 513) * Math.sqrt(1105 / 991);
export const MIXED_SHIFTED = (491 / 513) * Math.sqrt(221 / 4955);
export const BETA_1 = [193 / 684, 491 / 1368] as const;
export const BETA_2 = Math.sqrt(491 / 38) / 6;
export const BETA_3 = 4955 / 14144;
export const BETA_4 = Math.sqrt(4955 / 221) / 8;
