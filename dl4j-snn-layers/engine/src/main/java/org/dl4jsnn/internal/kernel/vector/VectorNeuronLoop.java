package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.NeuronLoop;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * A vector of channels at a time. A mask that lived across a branch would be an object of Java 17,
 * so what fires is found out twice.
 */
final class VectorNeuronLoop implements NeuronLoop {

  /** Multiplications between two looks at whether they still change anything. */
  private static final int AT_ONCE = 8;

  private static final IntVector BITS = VectorKernels.lanesAsBits(0);

  private final NeuronLoop plain;
  private final BranchFreeNeuron rule;
  private final float threshold;
  private final float leak;
  private final boolean subtracts;
  private final float resetValue;

  /**
   * A loop.
   *
   * @param plain serves layers of fewer channels than a vector has lanes
   */
  VectorNeuronLoop(KernelNeuron rule, NeuronLoop plain) {
    this.plain = plain;
    this.rule = BranchFreeNeuron.of(rule, true);
    this.threshold = rule.threshold();
    this.leak = rule.leak();
    this.subtracts = rule.subtractive();
    this.resetValue = rule.resetValue();
  }

  @Override
  public boolean step(
      float[] potentials, int channels, long[] positions, long[] armed, SpikeEvents fired) {
    if (channels < LANES) {
      return plain.step(potentials, channels, positions, armed, fired);
    }
    final FloatVector thresholds = FloatVector.broadcast(FLOATS, threshold);
    final FloatVector leaks = FloatVector.broadcast(FLOATS, leak);
    long any = 0;
    for (int word = 0; word < positions.length; word++) {
      long above = armed[word] & ~positions[word];
      for (long left = positions[word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        int position = word * Long.SIZE + bit;
        int at = position * channels;
        boolean isArmed = false;
        int k = 0;
        for (; k <= channels - LANES; k += LANES) {
          FloatVector v = FloatVector.fromArray(FLOATS, potentials, at + k);
          if (v.compare(VectorOperators.GT, thresholds).anyTrue()) {
            isArmed |= fire(potentials, at + k, position, k, fired);
          } else {
            v.mul(leaks).intoArray(potentials, at + k);
          }
        }
        for (; k < channels; k++) {
          isArmed |= stepOne(potentials, at + k, k, position, fired);
        }
        above |= isArmed ? 1L << bit : 0;
      }
      armed[word] = above;
      any |= above;
    }
    return any != 0;
  }

  /** A vector some of whose neurons fire; whether one is still above the threshold. */
  private boolean fire(float[] u, int at, int position, int channel, SpikeEvents fired) {
    FloatVector v = FloatVector.fromArray(FLOATS, u, at);
    FloatVector above = FloatVector.broadcast(FLOATS, threshold).sub(v);
    IntVector f = above.reinterpretAsInts().lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
    fired.addBits(position, channel, f.and(BITS).reduceLanes(VectorOperators.OR));
    FloatVector left =
        v.sub(f.and(rule.subtracted()).reinterpretAsFloats())
            .reinterpretAsInts()
            .lanewise(VectorOperators.AND_NOT, f.and(rule.erased()))
            .or(f.and(rule.set()))
            .reinterpretAsFloats()
            .mul(leak);
    left.intoArray(u, at);
    return left.compare(VectorOperators.GT, threshold).anyTrue();
  }

  private boolean stepOne(float[] u, int neuron, int channel, int position, SpikeEvents fired) {
    float charged = u[neuron];
    if (charged > threshold) {
      fired.add(position, channel, 1);
      charged = subtracts ? charged - threshold : resetValue;
    }
    u[neuron] = charged * leak;
    return u[neuron] > threshold;
  }

  @Override
  public void catchUp(float[] potentials, int channels, long[] positions, long[] taken, long now) {
    final FloatVector leaks = FloatVector.broadcast(FLOATS, leak);
    for (int word = 0; word < positions.length; word++) {
      for (long left = positions[word]; left != 0; left &= left - 1) {
        int position = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        long missed = now - taken[position];
        taken[position] = now + 1;
        int at = position * channels;
        if (missed == 1 && channels % LANES == 0) { // as where something moves
          for (int k = at; k < at + channels; k += LANES) {
            FloatVector.fromArray(FLOATS, potentials, k).mul(leaks).intoArray(potentials, k);
          }
        } else if (missed > 0) {
          leak(potentials, at, channels, missed);
        }
      }
    }
  }

  @Override
  public void leak(float[] potentials, int at, int count, long steps) {
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, potentials, at + k);
      long left = steps;
      boolean moves = true;
      for (; left >= AT_ONCE && moves; left -= AT_ONCE) {
        FloatVector w = v.mul(leak).mul(leak).mul(leak).mul(leak);
        w = w.mul(leak).mul(leak).mul(leak).mul(leak);
        moves = w.compare(VectorOperators.NE, v).anyTrue(); // else 0, or where rounding ends it
        v = w;
      }
      for (; left > 0 && moves; left--) {
        v = v.mul(leak);
      }
      v.intoArray(potentials, at + k);
    }
    if (k < count) {
      plain.leak(potentials, at + k, count - k, steps);
    }
  }
}
