package org.dl4jsnn.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The firing rates that a read-out sees, in array order. Pooling without neurons pools rates; for
 * maxima this is not the rate of the pooled spikes (equation 10 of docs/mathematics.md).
 */
final class ReadOutRates {

  private ReadOutRates() {}

  /** Spikes per step. */
  static float[] of(SpikeTrain train) {
    float[] rates = train.totals().clone();
    for (int i = 0; i < rates.length; i++) {
      rates[i] /= train.steps();
    }
    return rates;
  }

  /**
   * The rates of a place.
   *
   * @param fired the rates of the spikes of each of the {@link #sources}
   */
  static float[] of(CompactModel model, IntFunction<float[]> fired, int place) {
    Map<Integer, float[]> rates = new HashMap<>();
    for (int needed : needed(model, place)) {
      CompactPart part = partAt(model, needed);
      rates.put(
          needed, isOfRates(part) ? ofRates(model, part, needed, rates) : fired.apply(needed));
    }
    return rates.get(place);
  }

  /** The places whose spikes determine the rates of a place. */
  static Set<Integer> sources(CompactModel model, int place) {
    return needed(model, place).stream()
        .filter(needed -> !isOfRates(partAt(model, needed)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A place and the places whose rates it needs, in order, each once: paths that branch and meet
   * again may be many more than places.
   */
  private static SortedSet<Integer> needed(CompactModel model, int place) {
    SortedSet<Integer> needed = new TreeSet<>(Set.of(place));
    Deque<Integer> open = new ArrayDeque<>(needed);
    while (!open.isEmpty()) {
      CompactPart part = partAt(model, open.pop());
      if (isOfRates(part)) {
        part.inputs().stream().filter(needed::add).forEach(open::push);
      }
    }
    return needed;
  }

  private static float[] ofRates(
      CompactModel model, CompactPart part, int place, Map<Integer, float[]> rates) {
    if (part instanceof PoolingPart pooling) {
      return pooled(pooling, model.shapes().get(pooling.input()), rates.get(pooling.input()));
    }
    return merged((MergePart) part, rates, new float[model.shapes().get(place).neurons()]);
  }

  private static CompactPart partAt(CompactModel model, int place) {
    return place == 0 ? null : model.parts().get(place - 1);
  }

  /** Whether a part's rates follow from those of its inputs. */
  private static boolean isOfRates(CompactPart part) {
    return part instanceof MergePart merge && merge.kind().isLinear()
        || part instanceof PoolingPart pooling && pooling.kind() != PoolingPart.Kind.GATED;
  }

  private static float[] merged(MergePart merge, Map<Integer, float[]> rates, float[] merged) {
    int first = 0;
    for (int input : merge.inputs()) {
      float[] branch = rates.get(input);
      for (int i = 0; i < branch.length; i++) {
        merged[first + i] += branch[i];
      }
      // Channels are the outermost axis, so those of the next branch follow.
      first += merge.kind() == MergePart.Kind.CONCATENATE ? branch.length : 0;
    }
    return merged;
  }

  private static float[] pooled(PoolingPart pooling, FeatureShape shape, float[] rates) {
    PoolingGeometry geometry = new PoolingGeometry(pooling.windows(shape));
    int windows = geometry.output().positions();
    float[] pooled = new float[geometry.output().neurons()];
    for (int i = 0; i < pooled.length; i++) {
      int first = i / windows * shape.positions();
      double sum = 0;
      float largest = Float.NEGATIVE_INFINITY;
      for (int place = 0; place < geometry.windowSize(); place++) {
        float rate = rates[first + geometry.input(i % windows, place)];
        sum += rate;
        largest = Math.max(largest, rate);
      }
      pooled[i] =
          switch (pooling.kind()) {
            case MAXIMUM -> largest;
            case SUM -> (float) sum;
            case MEAN -> (float) (sum / geometry.windowSize());
            case GATED ->
                throw new IllegalStateException("gated pooling must use the rates of its spikes");
          };
    }
    return pooled;
  }
}
