package org.dl4jsnn.examples.bench;

import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Times convolutions of whole minibatches, the library's own and ND4J's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx3g"})
public class ConvolutionBenchmark {

  private static final String NAME = "GRADIENTS";
  private static final WorkspaceConfiguration MEMORY = WorkspaceConfiguration.builder().build();
  private static final LayerWorkspaceMgr WORKSPACES =
      LayerWorkspaceMgr.builder().with(ArrayType.ACTIVATION_GRAD, NAME, MEMORY).build();

  /** Kernel, input and output channels, size of the image; the same padding. */
  @Param({"5x1-20@28", "5x20-50@14", "3x3-64@32", "3x64-64@32", "3x64-128@16", "3x128-128@16"})
  private String layer;

  /** Samples. */
  @Param("100")
  private int minibatch;

  /** What convolves: own or nd4j. */
  @Param({"own", "nd4j"})
  private String by;

  /** Threads that share the samples; those of ND4J's operations are set by OMP_NUM_THREADS. */
  @Param("2")
  private int threads;

  private ForkJoinPool pool;
  private Synapse synapse;
  private INDArray flow;
  private INDArray current;
  private INDArray gradient;
  private Map<String, INDArray> gradients;

  /** Makes weights, rates and gradients. */
  @Setup
  public void prepare() {
    System.setProperty("org.dl4jsnn.convolutions", by);
    String[] numbers = layer.split("[x@-]");
    int kernel = Integer.parseInt(numbers[0]);
    int channels = Integer.parseInt(numbers[1]);
    int outputs = Integer.parseInt(numbers[2]);
    int size = Integer.parseInt(numbers[3]);
    Nd4j.getRandom().setSeed(1);
    Window2D.Axis axis = new Window2D.Axis(kernel, 1, 0, 1, true);
    INDArray weights = Nd4j.randn(DataType.FLOAT, outputs, channels, kernel, kernel);
    synapse =
        new ConvolutionSynapse(
            new Window2D(axis, axis), FeatureShape.image(channels, size, size), weights, null);
    flow = Nd4j.rand(DataType.FLOAT, minibatch, channels, size, size);
    gradient = Nd4j.randn(DataType.FLOAT, minibatch, outputs, size, size);
    current = gradient.ulike();
    gradients = Map.of(Synapse.WEIGHT, weights.ulike());
    pool = new ForkJoinPool(threads);
  }

  /** Ends the threads. */
  @TearDown
  public void shutDown() {
    pool.shutdown();
  }

  /**
   * Currents of rates.
   *
   * @return the currents
   */
  @Benchmark
  public INDArray forward() {
    pool.submit(() -> synapse.current(flow, 1, current)).join();
    return current;
  }

  /** Gradients of weights and input, in reused memory, as in a training. */
  @Benchmark
  public void backward() {
    pool.submit(this::backprop).join();
  }

  private void backprop() {
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(MEMORY, NAME)) {
      synapse.backprop(flow, gradient, gradients, WORKSPACES);
    }
  }
}
