package org.dl4jsnn.runtime;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
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
final class Rates {

  private Rates() {}

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
    CompactPart part = partAt(model, place);
    if (isPooledAsRates(part)) {
      PoolingPart pooling = (PoolingPart) part;
      FeatureShape shape = model.shapes().get(pooling.input());
      return pooled(pooling, shape, of(model, fired, pooling.input()));
    }
    if (part instanceof MergePart merge) {
      return merged(model, fired, merge, new float[model.shapes().get(place).neurons()]);
    }
    return fired.apply(place);
  }

  /** The places whose spikes determine the rates of a place. */
  static Set<Integer> sources(CompactModel model, int place) {
    CompactPart part = partAt(model, place);
    if (!isPooledAsRates(part) && !(part instanceof MergePart)) {
      return Set.of(place);
    }
    Set<Integer> sources = new TreeSet<>();
    part.inputs().forEach(input -> sources.addAll(sources(model, input)));
    return sources;
  }

  private static CompactPart partAt(CompactModel model, int place) {
    return place == 0 ? null : model.parts().get(place - 1);
  }

  private static boolean isPooledAsRates(CompactPart part) {
    return part instanceof PoolingPart pooling && pooling.kind() != PoolingPart.Kind.GATED;
  }

  private static float[] merged(
      CompactModel model, IntFunction<float[]> fired, MergePart merge, float[] rates) {
    int first = 0;
    for (int input : merge.inputs()) {
      float[] branch = of(model, fired, input);
      for (int i = 0; i < branch.length; i++) {
        rates[first + i] += branch[i];
      }
      // Channels are the outermost axis, so those of the next branch follow.
      first += merge.kind() == MergePart.Kind.CONCATENATE ? branch.length : 0;
    }
    return rates;
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
