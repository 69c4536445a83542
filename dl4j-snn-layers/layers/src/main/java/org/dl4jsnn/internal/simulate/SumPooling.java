package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum or mean over a window, of the step's amplitudes and of the rates: graded spikes (equation
 * 54 of docs/mathematics.md). Linear, so all gradients go back the same way.
 *
 * @param output the shape of the output, with one neuron per window
 * @param mean whether sums are divided by the number of positions in a window
 */
public record SumPooling(PoolingWindows windows, FeatureShape output, boolean mean)
    implements StepPooling {

  private int divisor() {
    return mean ? windows.positions() : 1;
  }

  /** The factor for the mean of a window. */
  private double ofMean() {
    return mean ? 1 : windows.positions();
  }

  @Override
  public SpikeTrain pool(SpikeTrain train) {
    return MergedSpikeTrains.windowSums(train, windows, output, mean);
  }

  @Override
  public SpikeGradient backprop(SpikeTrain train, SpikeGradient gradient) {
    FeatureShape input = windows.input();
    PoolingGeometry geometry = new PoolingGeometry(windows);
    SpikeGradient below = SpikeGradient.like(gradient, input);
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          double[] from = new double[output.neurons()];
          double[] to = new double[input.neurons()];
          ArrayRuns pooled = new ArrayRuns(gradient.values());
          ArrayRuns passed = new ArrayRuns(below.values());
          return sample -> {
            for (int step = 0; step < train.steps(); step++) {
              pooled.read(gradient.row(sample, step) * from.length, from);
              spread(geometry, from, to);
              passed.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
  }

  /** Gives every input of a window the window's gradient; both in the order of arrays. */
  private void spread(PoolingGeometry geometry, double[] from, double[] to) {
    int positions = windows.input().positions();
    int places = windows.output().positions();
    Arrays.fill(to, 0);
    for (int i = 0; i < from.length; i++) {
      int first = i / places * positions;
      double share = from[i] / divisor();
      for (int place = 0; place < geometry.windowSize(); place++) {
        to[first + geometry.input(i % places, place)] += share;
      }
    }
  }

  @Override
  public void pool(INDArray rates, INDArray pooled) {
    new AverageSynapse(windows).current(rates, 1, windowed(pooled));
    pooled.muli(ofMean());
  }

  @Override
  public INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces) {
    INDArray ofWindows = windowed(gradient);
    return new AverageSynapse(windows)
        .backprop(rates, ofWindows, Map.of(), workspaces)
        .muli(ofMean());
  }
}
