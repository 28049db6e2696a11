// The dropout step in C++ for one core: what the hardware allows. See bench/problem.ts for the problem and contender.ts
// for the protocol. Neurons of a tile lie in vector lanes (gathered once, so that every step has the same code); eight
// samples, or eight coordinates, by two vectors of neurons stay in registers.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#ifdef __AVX512F__
constexpr int LANES = 8, BLOCK = 8;
#else
constexpr int LANES = 4, BLOCK = 4;
#endif
constexpr int TILE = 2 * LANES;
typedef double Vector __attribute__((vector_size(LANES * 8)));
typedef int64_t Integers __attribute__((vector_size(LANES * 8)));

static inline Vector load(const double* p) { return *reinterpret_cast<const Vector*>(p); }
static inline void store(double* p, Vector v) { *reinterpret_cast<Vector*>(p) = v; }
static inline Vector all(double x) { return x - Vector{}; }

// With x = k log(2)/2 + p, s = 2^k and C = p coth p: tanh x = ((s - 1) C + (s + 1) p) / ((s + 1) C + (s - 1) p).
static inline Vector tanh_of(Vector x) {
  x = x > all(20) ? all(20) : x;
  x = x < all(-20) ? all(-20) : x;
  const Vector magic = all(6755399441055744.0);
  const Vector shifted = x * 2.885390081777927 + magic;
  const Vector k = shifted - magic;
  const Vector p = (x - k * 0.34657359018456190) - k * 9.5410746452936385e-11;
  const Vector s = (Vector)(((Integers)shifted << 52) + (Integers)all(1.0));
  const Vector w = p * p;
  Vector c = w * (2.0 / 93555) - 1.0 / 4725;
  c = c * w + 2.0 / 945;
  c = c * w - 1.0 / 45;
  c = c * w + 1.0 / 3;
  c = c * w + 1.0;
  return ((s - 1.0) * c + (s + 1.0) * p) / ((s + 1.0) * c + (s - 1.0) * p);
}

template <bool TANH> static inline Vector sigma(Vector h) {
  if (TANH) return tanh_of(h);
  return h > Vector{} ? h : Vector{};
}
template <bool TANH> static inline Vector slope(Vector s) {
  if (TANH) return 1.0 - s * s;
  return s > Vector{} ? all(1.0) : Vector{};
}

static uint32_t mix(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  return x ^ (x >> 16);
}
static double uniform(uint32_t stream, uint32_t i) { return 4 * (mix(i * 0x9e3779b1U + stream) / 4294967296.0 - 0.5); }

static double* room(size_t count) {
  const size_t bytes = (count * 8 + 4095) / 4096 * 4096;
  void* p = std::aligned_alloc(4096, bytes);
  std::memset(p, 0, bytes);
  return static_cast<double*>(p);
}

struct Network {
  int n, m, d, padded, active = 0;
  double q;
  double *x, *forward, *backward, *targets, *residual, *responses, *partial, *packed, *weighted, *gradient;
  std::vector<int> set;
  uint64_t state[2] = {0x9e3779b97f4a7c15ULL, 0xbf58476d1ce4e5b9ULL};

  Network(int n, int m, int d, double q) : n(n), m(m), d(d), padded((m + BLOCK - 1) / BLOCK * BLOCK), q(q), set(n + TILE) {
    x = room(size_t(n) * (d + 1));
    forward = room(size_t(padded) * d);
    backward = room(size_t(padded) * d);
    targets = room(m);
    residual = room(padded);
    responses = room((size_t(std::min<double>(n, n * q + 12 * std::sqrt(n * q) + 64)) + TILE) * padded);
    partial = room(size_t(padded) * LANES);
    packed = room(size_t(d + 1) * TILE);
    weighted = room(size_t(padded) * TILE);
    gradient = room(size_t(d + 1) * TILE);
    for (int j = 0; j < m; j++) {
      targets[j] = uniform(1, j * d) * uniform(1, j * d + (d > 1));
      for (int k = 0; k < d; k++) {
        const double z = uniform(1, j * d + k) / std::sqrt(double(d));
        forward[size_t(j / BLOCK) * BLOCK * d + k * BLOCK + j % BLOCK] = z;
        const int first = k / BLOCK * BLOCK, width = std::min(BLOCK, d - first);
        backward[size_t(first) * m + size_t(j) * width + k - first] = z;
      }
    }
    for (int i = 0; i < n; i++) {
      x[size_t(i) * (d + 1)] = uniform(2, i);
      for (int k = 0; k < d; k++) x[size_t(i) * (d + 1) + 1 + k] = uniform(3, uint32_t(i * d + k));
    }
  }

  void everyone() {
    active = n;
    for (int i = 0; i < n; i++) set[i] = i;
  }
  void hashed(int t) {
    if (q >= 1) return everyone();
    active = 0;
    const uint32_t key = mix(t + 0x01234567U);
    for (int i = 0; i < n; i++)
      if (mix((uint32_t(i) * 0x9e3779b1U) ^ key) < q * 4294967296.0) set[active++] = i;
  }
  // Geometric skips by the logarithm, from xoroshiro128+.
  void drawn() {
    if (q >= 1) return active == n ? void() : everyone();
    active = 0;
    const double scale = 1 / std::log1p(-q);
    for (double i = -1;;) {
      const uint64_t a = state[0], sum = a + state[1], b = state[1] ^ a;
      state[0] = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
      state[1] = (b << 37) | (b >> 27);
      i += 1 + std::floor(std::log(((sum >> 11) + 0.5) * 0x1p-53) * scale);
      if (i >= n) return;
      set[active++] = int(i);
    }
  }

  void pack(int first, int count) {
    for (int l = 0; l < TILE; l++) {
      const double* row = x + size_t(set[first + std::min(l, count - 1)]) * (d + 1);
      packed[l] = l < count ? row[0] : 0;
      for (int k = 1; k <= d; k++) packed[k * TILE + l] = row[k];
    }
  }

  template <bool TANH> void respond(double* out) {
    const Vector a0 = load(packed), a1 = load(packed + LANES);
    const double* z = forward;
    for (int j = 0; j < padded; j += BLOCK) {
      Vector sums[BLOCK][2] = {};
      for (int k = 1; k <= d; k++, z += BLOCK) {
        const Vector b0 = load(packed + k * TILE), b1 = load(packed + k * TILE + LANES);
#pragma GCC unroll 8
        for (int i = 0; i < BLOCK; i++) {
          sums[i][0] += b0 * z[i];
          sums[i][1] += b1 * z[i];
        }
      }
#pragma GCC unroll 8
      for (int i = 0; i < BLOCK; i++) {
        const Vector s0 = sigma<TANH>(sums[i][0]), s1 = sigma<TANH>(sums[i][1]);
        double* at = out + size_t(j + i) * TILE;
        store(at, s0);
        store(at + LANES, s1);
        double* own = partial + size_t(j + i) * LANES;
        store(own, load(own) + a0 * s0 + a1 * s1);
      }
    }
  }

  template <int WIDTH> void columns(const double* z, double* out) {
    Vector sums[WIDTH][2] = {};
    const double* g = weighted;
    for (int j = 0; j < m; j++, g += TILE, z += WIDTH) {
      const Vector g0 = load(g), g1 = load(g + LANES);
#pragma GCC unroll 8
      for (int i = 0; i < WIDTH; i++) {
        sums[i][0] += g0 * z[i];
        sums[i][1] += g1 * z[i];
      }
    }
    for (int i = 0; i < WIDTH; i++) {
      store(out + i * TILE, sums[i][0]);
      store(out + i * TILE + LANES, sums[i][1]);
    }
  }
  void columns(int width, const double* z, double* out) {
    switch (width) {
      case 1: return columns<1>(z, out);
      case 2: return columns<2>(z, out);
      case 3: return columns<3>(z, out);
      case 4: return columns<4>(z, out);
      case 5: return columns<5>(z, out);
      case 6: return columns<6>(z, out);
      case 7: return columns<7>(z, out);
      default: return columns<8>(z, out);
    }
  }

  template <bool TANH> void descend(int first, int count, const double* s, double rate) {
    Vector outer0{}, outer1{};
    for (int j = 0; j < m; j++) {
      const Vector r = all(residual[j]), s0 = load(s + size_t(j) * TILE), s1 = load(s + size_t(j) * TILE + LANES);
      outer0 += r * s0;
      outer1 += r * s1;
      store(weighted + j * TILE, r * slope<TANH>(s0));
      store(weighted + j * TILE + LANES, r * slope<TANH>(s1));
    }
    store(gradient, outer0);
    store(gradient + LANES, outer1);
    for (int k = 0; k < d; k += BLOCK)
      columns(std::min(BLOCK, d - k), backward + size_t(k) * m, gradient + (1 + k) * TILE);
    for (int l = 0; l < count; l++) {
      double* row = x + size_t(set[first + l]) * (d + 1);
      const double a = rate * row[0];
      row[0] -= rate * gradient[l];
      for (int k = 1; k <= d; k++) row[k] -= a * gradient[k * TILE + l];
    }
  }

  template <bool TANH> void sum(bool keep) {
    std::memset(partial, 0, size_t(padded) * LANES * 8);
    for (int t = 0; t < active; t += TILE) {
      pack(t, std::min(TILE, active - t));
      respond<TANH>(responses + (keep ? size_t(t) * padded : 0));
    }
  }
  double prediction(int j) const {
    double f = 0;
    for (int l = 0; l < LANES; l++) f += partial[j * LANES + l];
    return f;
  }
  template <bool TANH> void step() {
    sum<TANH>(true);
    for (int j = 0; j < m; j++) residual[j] = (prediction(j) / (q * n) - targets[j]) / m;
    for (int t = 0; t < active; t += TILE) descend<TANH>(t, std::min(TILE, active - t), responses + size_t(t) * padded, 0.05);
  }
  template <bool TANH> double loss() {
    everyone();
    sum<TANH>(false);
    double total = 0;
    for (int j = 0; j < m; j++) total += (prediction(j) / n - targets[j]) * (prediction(j) / n - targets[j]);
    if (q < 1) active = 0;
    return total / (2 * m);
  }
};

static double processor_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

template <bool TANH> void serve(Network& network) {
  std::string what;
  int steps;
  while (std::cin >> what >> steps) {
    if (what == "check") {
      for (int t = 0; t < steps; t++) {
        network.hashed(t);
        network.step<TANH>();
      }
      std::printf("%.17g\n", network.loss<TANH>());
    } else {
      const double start = processor_seconds();
      for (int t = 0; t < steps; t++) {
        network.drawn();
        network.step<TANH>();
      }
      std::printf("%.9g\n", processor_seconds() - start);
    }
    std::fflush(stdout);
  }
}

int main(int count, char** words) {
  if (count < 6) return std::fprintf(stderr, "usage: dropout_step n m d q tanh|relu\n"), 2;
  Network network(std::atoi(words[1]), std::atoi(words[2]), std::atoi(words[3]), std::atof(words[4]));
  if (!std::strcmp(words[5], "tanh")) serve<true>(network);
  else serve<false>(network);
}
