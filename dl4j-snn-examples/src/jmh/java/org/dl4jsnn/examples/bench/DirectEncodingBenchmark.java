package org.dl4jsnn.examples.bench;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.simulate.ConstantCurrentEngine;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.Synapse;
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

/** Times the first layer over directly encoded images of 3×32×32: a 3×3 convolution. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class DirectEncodingBenchmark {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 32, 32);

  /** Output channels. */
  @Param("64")
  private int channels;

  /** T. */
  @Param({"8", "32"})
  private int steps;

  /** Samples. */
  @Param("16")
  private int minibatch;

  /** The engine. */
  @Param({"constant", "event"})
  private String engine;

  /** Threads that share the samples; those of ND4J's operations are set by OMP_NUM_THREADS. */
  @Param("1")
  private int threads;

  private ForkJoinPool pool;
  private SimulationEngine simulation;
  private Synapse synapse;
  private SpikeTrain input;
  private final SpikingNeuron neuron = new SpikingNeuron(1, 0.9, Reset.bySubtraction(), 0);

  /** Makes weights and images. */
  @Setup
  public void prepare() {
    Nd4j.getRandom().setSeed(1);
    pool = new ForkJoinPool(threads);
    simulation = engine.equals("constant") ? new ConstantCurrentEngine() : new EventDrivenEngine();
    Window2D.Axis axis = new Window2D.Axis(3, 1, 0, 1, true);
    INDArray weights = Nd4j.randn(channels, IMAGE.channels(), 3, 3).muli(0.3);
    synapse = new ConvolutionSynapse(new Window2D(axis, axis), IMAGE, weights, null);
    INDArray images = Nd4j.randn(IMAGE.arrayShape(minibatch));
    input = SpikeEncoder.direct(steps, 1).encode(images, NoiseKey.inference(0));
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
