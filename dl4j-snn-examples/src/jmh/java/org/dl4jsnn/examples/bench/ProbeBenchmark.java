package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
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

/** Times LeNet5 on digits with T = 20, bare and with layers that are watched. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class ProbeBenchmark {

  private static final int STEPS = 20;

  /** The layer whose membranes are followed; {@code dense-spikes} watches without them. */
  @Param({"nothing", "dense-spikes", "dense", "conv1", "all"})
  private String watched;

  /** Samples. */
  @Param("32")
  private int minibatch;

  private MultiLayerNetwork network;
  private INDArray features;
  private SpikeProbe probe;

  /** Makes the network and reads digits. */
  @Setup
  public void prepare() {
    network = SpikingNetworks.lenet5().steps(STEPS).init();
    features = MnistFiles.embedded().test().inOrder(minibatch).next().getFeatures();
    probe = SpikeProbe.of(network);
    switch (watched) {
      case "nothing" -> probe = null;
      case "dense-spikes" -> probe = probe.layer("dense");
      case "all" -> {
        for (String layer : List.of("conv1", "pool1", "conv2", "pool2", "dense")) {
          probe = probe.membranes(layer);
        }
      }
      default -> probe = probe.membranes(watched);
    }
  }

  /** Runs the network. */
  @Benchmark
  public Object run() {
    return probe == null ? network.output(features) : probe.record(features);
  }
}
