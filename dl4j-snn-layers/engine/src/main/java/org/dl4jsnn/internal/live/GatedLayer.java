package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Gated max pooling: the growth of the largest accumulated flow of each window (equation 82 of
 * docs/mathematics.md).
 *
 * @param output the output's shape, with as many neurons as windows
 */
public record GatedLayer(PoolingGeometry geometry, FeatureShape output) implements LiveLayer {

  @Override
  public LivePart atRest() {
    return new Live();
  }

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofSums(output, StepSums.of(output, 1));
  }

  private final class Live implements LivePart {

    /** By input, in order of position and channel. */
    private final double[] flow = new double[geometry.input().neurons()];

    /** By window, in the same order. */
    private final double[] largest = new double[output.neurons()];

    @Override
    public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
      SpikeEvents events = inputs.get(0);
      for (int e = 0; e < events.size(); e++) {
        flow[events.neuron(e)] += events.amplitude(e);
      }
      int channels = output.channels();
      for (int e = 0; e < events.size(); e++) {
        int window = geometry.firstWindow(events.position(e));
        int rows = geometry.rows(events.position(e));
        int columns = geometry.columns(events.position(e));
        for (int row = 0; row < rows; row++, window += geometry.width()) {
          for (int column = 0; column < columns; column++) {
            int neuron = (window + column) * channels + events.channel(e);
            double maximum = maximum(neuron);
            if (maximum != largest[neuron]) {
              scratch.sums.add(neuron, (float) (maximum - largest[neuron]));
              largest[neuron] = maximum;
            }
          }
        }
      }
      scratch.sums.drain(scratch.fired);
    }

    private double maximum(int neuron) {
      int channels = output.channels();
      int window = neuron / channels;
      double maximum = Double.NEGATIVE_INFINITY;
      for (int place = 0; place < geometry.windowSize(); place++) {
        int input = geometry.input(window, place) * channels + neuron % channels;
        maximum = Math.max(maximum, flow[input]);
      }
      return maximum;
    }

    @Override
    public boolean isAtRest() {
      return true;
    }

    @Override
    public void skip(long steps) {
      // Nothing moves without events.
    }

    @Override
    public void set(LivePart other) {
      Live that = (Live) other;
      System.arraycopy(that.flow, 0, flow, 0, flow.length);
      System.arraycopy(that.largest, 0, largest, 0, largest.length);
    }

    @Override
    public PartState save() {
      return PartState.of(RunningFlow.of(geometry.input(), new double[][] {flow.clone()}));
    }

    @Override
    public void restore(PartState state) {
      System.arraycopy(state.flow().copy(0, flow.length), 0, flow, 0, flow.length);
      for (int neuron = 0; neuron < largest.length; neuron++) {
        largest[neuron] = maximum(neuron);
      }
    }
  }
}
