package org.dl4jsnn.examples.bench;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.DenseEngine;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
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

/** Times one layer over a window, for the shapes, kernels and spike densities that matter. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class SimulationBenchmark {

  private static final int STEPS = 20;

  /**
   * Kernel × input channels → output channels @ rows and columns [/ stride], or inputs → outputs.
   */
  @Param({
    "5x1-20@28",
    "5x20-50@14",
    "3x16-16@32",
    "3x64-64@32",
    "3x64-128@16/2",
    "3x128-128@16",
    "3x128-256@16",
    "2450-200",
    "8192-1024"
  })
  private String layer;

  /** The share of input neurons that fire at a step. */
  @Param({"0.01", "0.05", "0.2"})
  private double density;

  /** Samples. */
  @Param("4")
  private int minibatch;

  /** The engine, and the kernels of the event-driven one. */
  @Param({"vector", "plain", "dense"})
  private String engine;

  /** Threads that share the samples. */
  @Param("2")
  private int threads;

  private ForkJoinPool pool;
  private SimulationEngine simulation;
  private Synapse synapse;
  private SpikeTrain input;
  private final SpikingNeuron neuron = SpikingNeuron.integrateAndFire(1);

  /** Makes weights N(0, 2 / fan-in) and random spikes. */
  @Setup
  public void prepare() {
    Nd4j.getRandom().setSeed(1);
    pool = new ForkJoinPool(threads);
    simulation =
        engine.equals("dense")
            ? new DenseEngine(DataType.FLOAT)
            : new EventDrivenEngine(Kernels.named(engine));
    FeatureShape shape;
    if (layer.contains("@")) {
      String[] parts = layer.split("[x\\-@/]");
      int kernel = Integer.parseInt(parts[0]);
      int stride = parts.length > 4 ? Integer.parseInt(parts[4]) : 1;
      int side = Integer.parseInt(parts[3]);
      shape = FeatureShape.image(Integer.parseInt(parts[1]), side, side);
      Window2D.Axis axis = new Window2D.Axis(kernel, stride, 0, 1, true);
      INDArray weights =
          weights(
              shape.channels() * kernel * kernel,
              Integer.parseInt(parts[2]),
              shape.channels(),
              kernel,
              kernel);
      synapse = new ConvolutionSynapse(new Window2D(axis, axis), shape, weights, null);
    } else {
      String[] parts = layer.split("-");
      shape = FeatureShape.vector(Integer.parseInt(parts[0]));
      int outputs = Integer.parseInt(parts[1]);
      synapse = new DenseSynapse(shape, weights(shape.neurons(), shape.neurons(), outputs), null);
    }
    INDArray rates = Nd4j.ones(shape.arrayShape(minibatch));
    input = SpikeEncoder.poisson(STEPS, density).encode(rates, NoiseKey.training(1, 0));
  }

  private static INDArray weights(int fanIn, long... shape) {
    Random random = new Random(1);
    float[] values = new float[(int) ArrayUtil.prodLong(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / fanIn));
    }
    return Nd4j.create(values, shape, 'c');
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    pool.shutdown();
  }

  /** Simulates the layer. */
  @Benchmark
  public SpikeTrain simulate() {
    return pool.submit(() -> simulation.simulate(synapse, neuron, input)).join();
  }
}
