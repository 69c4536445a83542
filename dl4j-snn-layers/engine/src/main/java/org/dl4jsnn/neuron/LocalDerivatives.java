package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.Internal;

/**
 * The derivatives of a neuron's step at a charged state x, for a block of adjacent neurons. A step
 * is split into a reset r(x, s) and the leak after it, x ← λ · r:
 *
 * <pre>
 *  {@link #excess}(j)            ∂v/∂x_j      of the distance from the threshold
 *  {@link #reset}(k, j)          ∂r_k/∂x_j    with the spike s held constant
 *  {@link #resetBySpike}(k)      ∂r_k/∂s
 *  {@link #leak}(k)              λ_k
 *  {@link #excessByParameter}(p)     ∂v/∂p        if the layer learns parameters
 *  {@link #leftByParameter}(k, p)    ∂x_k/∂p      of the state after the step, leak included
 * </pre>
 *
 * All are zero before the first call of {@link DifferentiableDynamics#differentiate}. Later calls
 * see what earlier calls wrote, so entries that are always zero need not be written. Scratch
 * memory, one per task.
 */
public final class LocalDerivatives {

  /** Neurons per block: few enough for all arrays to stay in the first-level cache. */
  @Internal public static final int SIZE = 256;

  private final NeuronDynamics dynamics;
  private final double[][] variables;
  private final double[] spikes;

  /** For parameters that differ between channels; null if one value serves all. */
  private final double[][] ofChannels;

  private final double[][] parameters;
  private final double[][] excess;
  private final double[][][] reset;
  private final double[][] resetBySpike;
  private final double[][] leak;
  private final double[][] excessByParameter;
  private final double[][][] leftByParameter;
  private final int[] learned;
  private int count;

  /**
   * Creates derivatives of zero.
   *
   * @param dynamics the neuron
   * @param channels channels of the layer
   * @param singlePrecision whether parameters are rounded to single precision, as the simulation
   *     uses them
   */
  @Internal
  public LocalDerivatives(NeuronDynamics dynamics, int channels, boolean singlePrecision) {
    this.dynamics = dynamics;
    List<NeuronParameter> named = dynamics.parameters();
    int order = dynamics.variables().size();
    this.variables = new double[order][SIZE];
    this.spikes = new double[SIZE];
    this.ofChannels = new double[named.size()][];
    this.parameters = new double[named.size()][SIZE];
    for (int p = 0; p < ofChannels.length; p++) {
      double[] values = named.get(p).ofChannels(channels);
      for (int i = 0; singlePrecision && i < channels; i++) {
        values[i] = (float) values[i];
      }
      if (named.get(p).isEverywhere(named.get(p).ofChannels(channels)[0])) {
        Arrays.fill(parameters[p], values[0]);
      } else {
        ofChannels[p] = values;
      }
    }
    this.excess = new double[order][SIZE];
    this.reset = new double[order][order][SIZE];
    this.resetBySpike = new double[order][SIZE];
    this.leak = new double[order][SIZE];
    for (double[] one : leak) {
      Arrays.fill(one, 1);
    }
    this.learned = IntStream.range(0, named.size()).filter(p -> named.get(p).isLearned()).toArray();
    int written = learned.length == 0 ? 0 : named.size();
    this.excessByParameter = new double[written][SIZE];
    this.leftByParameter = new double[order][written][SIZE];
  }

  /**
   * Moves to a block of neurons and has them differentiated.
   *
   * @param neurons the neurons after charging
   * @param fired 1 for every neuron that fired, 0 for the others
   * @param first the first neuron
   * @return the number of neurons in the block
   */
  @Internal
  public int move(Neurons neurons, float[] fired, int first) {
    count = Math.min(SIZE, fired.length - first);
    for (int k = 0; k < variables.length; k++) {
      float[] from = neurons.variable(k);
      for (int i = 0; i < count; i++) {
        variables[k][i] = from[first + i];
      }
    }
    for (int i = 0; i < count; i++) {
      spikes[i] = fired[first + i];
    }
    return differentiate(first);
  }

  /**
   * Moves to a block of neurons in double precision and has them differentiated.
   *
   * @param charged the state variables after charging, [variable][neuron]
   * @param fired s of every neuron
   * @param first the first neuron
   * @return the number of neurons in the block
   */
  @Internal
  public int move(double[][] charged, double[] fired, int first) {
    count = Math.min(SIZE, fired.length - first);
    for (int k = 0; k < variables.length; k++) {
      System.arraycopy(charged[k], first, variables[k], 0, count);
    }
    System.arraycopy(fired, first, spikes, 0, count);
    return differentiate(first);
  }

  private int differentiate(int first) {
    for (int p = 0; p < parameters.length; p++) {
      if (ofChannels[p] != null) {
        read(ofChannels[p], parameters[p], first);
      }
    }
    DifferentiableDynamics known = (DifferentiableDynamics) dynamics;
    known.differentiate(this);
    if (learned.length > 0) {
      known.differentiateByParameters(this);
    }
    return count;
  }

  private void read(double[] channels, double[] target, int first) {
    int channel = first % channels.length;
    for (int i = 0; i < count; i++) {
      target[i] = channels[channel];
      channel = channel + 1 == channels.length ? 0 : channel + 1;
    }
  }

  /** {@return the number of neurons in the block; arrays may be longer} */
  public int count() {
    return count;
  }

  /**
   * A state variable after charging.
   *
   * @param index which, as {@link NeuronDynamics#variables} counts them
   * @return x of every neuron; not to be written to
   */
  public double[] variable(int index) {
    return variables[index];
  }

  /** {@return s of every neuron, 0 or 1; not to be written to} */
  public double[] spikes() {
    return spikes;
  }

  /**
   * A parameter.
   *
   * @param index which, as {@link NeuronDynamics#parameters} counts them
   * @return its value for every neuron; not to be written to
   */
  public double[] parameter(int index) {
    return parameters[index];
  }

  /**
   * {@return the derivative of the distance from the threshold: where to write ∂v/∂x_j}
   *
   * @param variable j
   */
  public double[] excess(int variable) {
    return excess[variable];
  }

  /**
   * The derivative of a variable after the reset, with the spike held constant.
   *
   * @param left k, the variable after the reset
   * @param variable j
   * @return where to write ∂r_k/∂x_j
   */
  public double[] reset(int left, int variable) {
    return reset[left][variable];
  }

  /**
   * The derivative of a variable after the reset with respect to the spike.
   *
   * @param left k, the variable after the reset
   * @return where to write ∂r_k/∂s
   */
  public double[] resetBySpike(int left) {
    return resetBySpike[left];
  }

  /**
   * The share of a variable kept by the leak; 1 unless written.
   *
   * @param variable k
   * @return where to write λ_k
   */
  public double[] leak(int variable) {
    return leak[variable];
  }

  /**
   * The derivative of the distance from the threshold with respect to a parameter.
   *
   * @param parameter p, as {@link NeuronDynamics#parameters} counts them
   * @return where to write ∂v/∂p
   */
  public double[] excessByParameter(int parameter) {
    return excessByParameter[parameter];
  }

  /**
   * {@return the derivative of a variable after the step, leak included, with respect to a
   * parameter: where to write ∂x_k/∂p} State and spikes are held constant.
   *
   * @param left k, the variable after the reset
   * @param parameter p, as {@link NeuronDynamics#parameters} counts them
   */
  public double[] leftByParameter(int left, int parameter) {
    return leftByParameter[left][parameter];
  }

  /**
   * {@return the indices of the parameters that the layer learns, as {@link
   * NeuronDynamics#parameters} counts them; not to be written to}
   */
  public int[] learned() {
    return learned;
  }
}
