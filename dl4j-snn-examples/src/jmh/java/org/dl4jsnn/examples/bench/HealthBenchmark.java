package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times what watching the health of LeNet5's layers costs, next to training it on a minibatch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class HealthBenchmark {

  /** T. */
  @Param("20")
  private int steps;

  /** Samples. */
  @Param("64")
  private int minibatch;

  private MultiLayerNetwork network;
  private DataSet digits;
  private List<INDArray> activations;
  private SpikeHealthListener listener;
  private EpochHealth last;
  private LiveSpikesListener live;
  private LiveSpikes seen;

  /** Trains one minibatch and keeps its arrays. */
  @Setup
  public void prepare() {
    network = SpikingNetworks.lenet5().steps(steps).init();
    digits = MnistFiles.embedded().training().shuffled(minibatch, 1, 0).next();
    network.setInput(digits.getFeatures());
    network.setLabels(digits.getLabels());
    network.computeGradientAndScore();
    activations = network.feedForward(digits.getFeatures(), true);
    network.setInput(digits.getFeatures());
    listener =
        new SpikeHealthListener.Builder().interval(1).reportTo(epoch -> last = epoch).build();
    live =
        new LiveSpikesListener.Builder(now -> seen = now)
            .interval(1)
            .sample(digits.getFeatures().get(NDArrayIndex.interval(0, 1)).dup())
            .build();
  }

  /** One look, at rates, slopes and gradients. */
  @Benchmark
  public void look() {
    listener.onForwardPass(network, activations);
    listener.onGradientCalculation(network);
  }

  /** A look, and the end of an epoch: operations of 16 samples are counted. */
  @Benchmark
  public EpochHealth endEpoch() {
    network.setInput(digits.getFeatures());
    look();
    listener.onEpochEnd(network);
    return last;
  }

  /**
   * One look at a sample: the part on the training's thread, while another thread draws the
   * previous look.
   */
  @Benchmark
  public LiveSpikes live() {
    live.iterationDone(network, 0, 0);
    return seen;
  }

  /** The same minibatch, trained. */
  @Benchmark
  public double train() {
    network.fit(digits);
    return network.score();
  }
}
