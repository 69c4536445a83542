package org.dl4jsnn.runtime;

import java.util.List;
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

  /** The rates of a part whose spikes are all known. */
  static float[] of(CompactModel model, List<SpikeTrain> trains, int place) {
    CompactPart part = place == 0 ? null : model.parts().get(place - 1);
    if (part instanceof PoolingPart pooling && pooling.kind() != PoolingPart.Kind.GATED) {
      FeatureShape shape = model.shapes().get(pooling.input());
      return pooled(pooling, shape, of(model, trains, pooling.input()));
    }
    if (part instanceof MergePart merge) {
      return merged(model, trains, merge, new float[model.shapes().get(place).neurons()]);
    }
    return of(trains.get(place));
  }

  private static float[] merged(
      CompactModel model, List<SpikeTrain> trains, MergePart merge, float[] rates) {
    int first = 0;
    for (int input : merge.inputs()) {
      float[] branch = of(model, trains, input);
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
