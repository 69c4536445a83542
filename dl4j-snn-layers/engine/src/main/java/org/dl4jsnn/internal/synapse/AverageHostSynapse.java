package org.dl4jsnn.internal.synapse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.BitmapAverage;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.NumberedSpikes;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.WeightSums;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Average pooling.
 *
 * @param windows the windows over the input
 */
public record AverageHostSynapse(PoolingWindows windows) implements HostSynapse {

  @Override
  public boolean isWeighted() {
    return false;
  }

  @Override
  public boolean passesOn() {
    return windows.areSingle();
  }

  @Override
  public Charges charges(RowAdder adder) {
    if (windows.areSingle()) {
      return new Charges(() -> AverageHostSynapse::passOn, this::currentBound);
    }
    PoolingGeometry geometry = new PoolingGeometry(windows);
    return new Charges(() -> new AverageCharge(geometry), this::currentBound);
  }

  private static void passOn(SpikeEvents events, float[] membrane) {
    for (int e = 0; e < events.size(); e++) {
      membrane[events.neuron(e)] += events.amplitude(e);
    }
  }

  @Override
  public Optional<SynapseAdjoint> adjoint(KernelProvider kernels, boolean inputs) {
    return Optional.of(
        new AverageAdjoint(windows, new PoolingGeometry(windows), kernels.rowAdder()));
  }

  @Override
  public double currentBound(double amplitude) {
    return windows.positions() * amplitude; // summed before it is divided
  }

  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    if (windows.areSingle() && input instanceof DenseSpikeTrain dense) {
      return Optional.of(share -> new ArrivingCurrents(dense, rule, kernels, share));
    }
    if (!(input instanceof BinarySpikeTrain) || !windows.areTwoByTwo()) {
      return Optional.empty();
    }
    List<float[]> membranes =
        start.isAtRest()
            ? List.of()
            : IntStream.range(0, input.minibatch())
                .mapToObj(sample -> start.singles(sample)[0])
                .toList();
    return BitmapAverage.of(windows.input(), windows.output(), rule, input.steps(), membranes);
  }

  /** Spreads a gradient over its window. */
  private record AverageAdjoint(PoolingWindows windows, PoolingGeometry geometry, RowAdder adder)
      implements SynapseAdjoint {

    @Override
    public TrainCharge newCharge() {
      if (windows.areDisjoint()) {
        return chargeOfDisjointWindows();
      }
      return TrainCharge.of(new AverageCharge(geometry), geometry.input());
    }

    /** Sums the spikes of windows as {@link AverageCharge} does, but reads no positions. */
    private TrainCharge chargeOfDisjointWindows() {
      int channels = geometry.output().channels();
      int beyond = geometry.output().positions();
      int[] sumOfPosition = new int[geometry.input().positions()];
      for (int position = 0; position < sumOfPosition.length; position++) {
        boolean held = geometry.rows(position) > 0 && geometry.columns(position) > 0;
        sumOfPosition[position] = (held ? geometry.firstWindow(position) : beyond) * channels;
      }
      NumberedSpikes spikes = new NumberedSpikes(geometry.input(), sumOfPosition);
      float[] sums = new float[(beyond + 1) * channels];
      return (train, sample, step, membrane) -> {
        spikes.read(train, sample, step);
        spikes.addTo(sums);
        addAverages(sums, membrane);
        Arrays.fill(sums, 0);
      };
    }

    /** Adds sums of windows, divided by their size. */
    private void addAverages(float[] ofWindows, float[] sums) {
      int size = geometry.windowSize();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ofWindows[i] / size;
      }
    }

    /** Windows of one position share nothing: their sums are those of inputs already. */
    @Override
    public Optional<PoolingWindows> sharedInputs() {
      return Optional.of(windows).filter(all -> all.areDisjoint() && !all.areSingle());
    }

    /** Adds all neurons, since skipping those without an event would take longer. */
    @Override
    public InputSums newInputSums() {
      if (windows.areDisjoint()) {
        return InputSums.of(geometry.output(), this::addAverages);
      }
      int channels = geometry.output().channels();
      float[] shares = new float[channels];
      return InputSums.of(
          geometry.input(),
          (amplitudes, sums) -> {
            for (int window = 0; window < geometry.output().positions(); window++) {
              for (int channel = 0; channel < channels; channel++) {
                shares[channel] = amplitudes[window * channels + channel] / geometry.windowSize();
              }
              for (int place = 0; place < geometry.windowSize(); place++) {
                adder.add(1, shares, 0, sums, geometry.input(window, place) * channels, channels);
              }
            }
          });
    }

    @Override
    public float[] newSums() {
      return new float[0];
    }

    @Override
    public WeightSums newWeightSums(int steps) {
      return WeightSums.scattered(geometry.input(), (events, currentGradient, sums) -> {});
    }

    @Override
    public void collect(float[] sums, float[] gradient) {
      // no weights
    }
  }

  /**
   * Adds the average of each window. The events of a window are summed before they are divided by
   * its size, so that the current is the correctly rounded average, as a dense implementation
   * computes it.
   */
  private static final class AverageCharge implements StepCharge {

    private final PoolingGeometry geometry;
    private final int channels;
    private final int width;
    private final int windowSize;
    private final float[] sums;

    /**
     * Creates a charge.
     *
     * @param geometry which windows hold which inputs
     */
    public AverageCharge(PoolingGeometry geometry) {
      this.geometry = geometry;
      this.channels = geometry.output().channels();
      this.width = geometry.width();
      this.windowSize = geometry.windowSize();
      this.sums = new float[geometry.output().neurons()];
    }

    @Override
    public void charge(SpikeEvents events, float[] membrane) {
      for (int e = 0; e < events.size(); e++) {
        int position = events.position(e);
        int window = geometry.firstWindow(position);
        for (int row = 0; row < geometry.rows(position); row++, window += width) {
          for (int column = 0; column < geometry.columns(position); column++) {
            sums[(window + column) * channels + events.channel(e)] += events.amplitude(e);
          }
        }
      }
      for (int e = 0; e < events.size(); e++) {
        int position = events.position(e);
        int window = geometry.firstWindow(position);
        for (int row = 0; row < geometry.rows(position); row++, window += width) {
          for (int column = 0; column < geometry.columns(position); column++) {
            // The first event of a window adds the whole sum; for the others it is zero.
            int neuron = (window + column) * channels + events.channel(e);
            membrane[neuron] += sums[neuron] / windowSize;
            sums[neuron] = 0;
          }
        }
      }
    }
  }
}
