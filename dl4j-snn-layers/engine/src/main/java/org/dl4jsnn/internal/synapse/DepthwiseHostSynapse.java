package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.WeightSums;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Depthwise convolution.
 *
 * @param window kernel, stride, padding and dilation
 * @param input the input's shape
 * @param output the output's shape
 * @param weights [nOut, 1, kernel height, kernel width]
 * @param bias [nOut], or none
 */
public record DepthwiseHostSynapse(
    Window2D window,
    FeatureShape input,
    FeatureShape output,
    HostParameter weights,
    HostParameter bias)
    implements HostSynapse {

  /** The same charge serves all tasks. */
  @Override
  public Charges charges(RowAdder adder) {
    StepCharge charge = new DepthwiseCharge(window, input, output, weights.values(), bias.values());
    return new Charges(() -> charge, this::currentBound);
  }

  @Override
  public Optional<SynapseAdjoint> adjoint(KernelProvider kernels, boolean inputs) {
    return Optional.of(new DepthwiseCharge(window, input, output, weights.values(), bias.values()));
  }

  @Override
  public double currentBound(double amplitude) {
    int taps = window.rows().kernel() * window.columns().kernel();
    return taps * (amplitude * weights.largest()) + bias.largest();
  }

  /** None: a spike reaches too few neurons for kernels to pay off. */
  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    return Optional.empty();
  }

  /**
   * Adds the weights of each spike to the membranes that it reaches in its own channels, then the
   * bias to all. Thread-safe.
   */
  private static final class DepthwiseCharge implements StepCharge, SynapseAdjoint {

    private final FeatureShape input;
    private final FeatureShape output;
    private final Window2D.Axis rows;
    private final Window2D.Axis columns;
    private final int paddingTop;
    private final int paddingLeft;
    private final int multiplier;
    private final float[] weights;
    private final float[] bias;

    DepthwiseCharge(
        Window2D window, FeatureShape input, FeatureShape output, float[] weights, float[] bias) {
      this.input = input;
      this.output = output;
      this.rows = window.rows();
      this.columns = window.columns();
      this.paddingTop = rows.paddingBefore(input.height());
      this.paddingLeft = columns.paddingBefore(input.width());
      this.multiplier = output.channels() / input.channels();
      this.weights = weights;
      this.bias = bias;
    }

    @Override
    public void charge(SpikeEvents events, float[] membrane) {
      scatter(events, membrane, null);
      for (int i = 0; bias.length > 0 && i < membrane.length; i++) {
        membrane[i] += bias[i % bias.length];
      }
    }

    @Override
    public float[] newSums() {
      return new float[weights.length];
    }

    @Override
    public WeightSums newWeightSums(int steps) {
      return WeightSums.scattered(input, this::scatter);
    }

    @Override
    public void collect(float[] sums, float[] gradient) {
      System.arraycopy(sums, 0, gradient, 0, sums.length);
    }

    @Override
    public TrainCharge newCharge() {
      return TrainCharge.of(this, input);
    }

    @Override
    public InputSums newInputSums() {
      return InputSums.scattered(output, input, this::back);
    }

    private void back(SpikeEvents events, float[] inputGradient) {
      for (int e = 0; e < events.size(); e++) {
        int top = events.position(e) / output.width() * rows.stride() - paddingTop;
        int left = events.position(e) % output.width() * columns.stride() - paddingLeft;
        int kernel = events.channel(e) * rows.kernel() * columns.kernel();
        for (int tap = 0; tap < rows.kernel() * columns.kernel(); tap++) {
          int row = top + tap / columns.kernel() * rows.dilation();
          int column = left + tap % columns.kernel() * columns.dilation();
          if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
            int neuron = (row * input.width() + column) * input.channels();
            inputGradient[neuron + events.channel(e) / multiplier] +=
                events.amplitude(e) * weights[kernel + tap];
          }
        }
      }
    }

    /** Adds weights to the membranes; or these, times the amplitude, to the sums, if given. */
    private void scatter(SpikeEvents events, float[] membrane, float[] sums) {
      for (int e = 0; e < events.size(); e++) {
        int row = events.position(e) / input.width() + paddingTop;
        int column = events.position(e) % input.width() + paddingLeft;
        for (int tap = 0; tap < rows.kernel(); tap++) {
          int y = place(row, tap, rows, output.height());
          if (y >= 0) {
            scatterRow(events.channel(e), events.amplitude(e), y, tap, column, membrane, sums);
          }
        }
      }
    }

    private void scatterRow(
        int channel,
        float amplitude,
        int y,
        int rowTap,
        int column,
        float[] membrane,
        float[] sums) {
      int taps = columns.kernel();
      for (int tap = 0; tap < taps; tap++) {
        int x = place(column, tap, columns, output.width());
        if (x >= 0) {
          int first = channel * multiplier;
          int neuron = (y * output.width() + x) * output.channels() + first;
          for (int m = 0; m < multiplier; m++) {
            int weight = ((first + m) * rows.kernel() + rowTap) * taps + tap;
            if (sums == null) {
              membrane[neuron + m] += amplitude * weights[weight];
            } else {
              sums[weight] += amplitude * membrane[neuron + m];
            }
          }
        }
      }
    }

    /**
     * The place of the window whose tap sees an input.
     *
     * @param at the input's place, counted from the start of the padding
     * @return row or column of the output; −1 if there is none
     */
    private static int place(int at, int tap, Window2D.Axis axis, int size) {
      int start = at - tap * axis.dilation();
      boolean isWindow = start >= 0 && start % axis.stride() == 0 && start / axis.stride() < size;
      return isWindow ? start / axis.stride() : -1;
    }
  }
}
