package org.dl4jsnn.encode;

import java.util.Arrays;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.spike.SpikeTrain;

/** Trains of pieces of a window, put together for comparison with that of the whole. */
final class Pieces {

  private Pieces() {}

  /** The spikes of all pieces, one after another. */
  static float[][][] joined(SpikeTrain... pieces) {
    float[][][] joined = new float[pieces[0].minibatch()][0][];
    for (SpikeTrain piece : pieces) {
      float[][][] spikes = Spikes.of(piece);
      for (int sample = 0; sample < joined.length; sample++) {
        int before = joined[sample].length;
        joined[sample] = Arrays.copyOf(joined[sample], before + piece.steps());
        System.arraycopy(spikes[sample], 0, joined[sample], before, piece.steps());
      }
    }
    return joined;
  }

  static float[] sum(SpikeTrain... pieces) {
    float[] sum = new float[pieces[0].totals().length];
    for (SpikeTrain piece : pieces) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += piece.totals()[i];
      }
    }
    return sum;
  }
}
