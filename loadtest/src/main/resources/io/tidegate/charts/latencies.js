// Latencies in buckets of equal ratio: merging is adding. The data holds, one after the other, the
// number of a bucket and its count; bucket i begins at 2^(i / perOctave) microseconds.

/** How fine the buckets of this page are. */
const latencyBuckets = { perOctave: 1 };

function mergeLatencies(list) {
  const byBucket = new Map();
  let total = 0;
  let maxMillis = 0;
  for (const one of list) {
    total += one.count;
    maxMillis = Math.max(maxMillis, one.maxMillis);
    for (let i = 0; i < one.counts.length; i += 2) {
      byBucket.set(one.counts[i], (byBucket.get(one.counts[i]) || 0) + one.counts[i + 1]);
    }
  }
  const counts = [...byBucket].sort((one, other) => one[0] - other[0]).flat();
  return { count: total, maxMillis, counts };
}

/** Where a bucket begins, or with a fraction, a moment inside it. */
function bucketMillis(bucket) {
  return 2 ** (bucket / latencyBuckets.perOctave) / 1000;
}

function bucketOf(millis) {
  return Math.log2(millis * 1000) * latencyBuckets.perOctave;
}

/**
 * What a share of them, 0 to 1, stays at or below; the last is the true maximum. Shares must come
 * in rising order; null where there is nothing.
 */
function percentilesMillis(latencies, shares) {
  let place = -2;
  let passed = 0;
  return shares.map((share) => {
    const rank = Math.max(1, Math.ceil(share * latencies.count - 1e-9));
    if (latencies.count === 0) {
      return null;
    }
    if (rank >= latencies.count) {
      return latencies.maxMillis;
    }
    while (passed < rank) {
      place += 2;
      passed += latencies.counts[place + 1];
    }
    return Math.min(latencies.maxMillis, bucketMillis(latencies.counts[place] + 0.5));
  });
}

function percentileMillis(latencies, share) {
  return percentilesMillis(latencies, [share])[0];
}
