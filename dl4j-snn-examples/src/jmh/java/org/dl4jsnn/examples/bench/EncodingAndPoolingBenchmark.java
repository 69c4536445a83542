package org.dl4jsnn.examples.bench;

import java.util.concurrent.TimeUnit;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
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
import org.openjdk.jmh.annotations.Warmup;

/** Times what surrounds the weighted layers: encoding and pooling, over a window. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class EncodingAndPoolingBenchmark {

  private static final int STEPS = 100;

  /** Channels and rows and columns of the input. */
  @Param({"1@28", "20@24", "64@32"})
  private String shape;

  /** The share of input neurons that fire at a step. */
  @Param({"0.04", "0.2"})
  private double density;

  /** Samples. */
  @Param("16")
  private int minibatch;

  private INDArray features;
  private SpikeEncoder encoder;
  private SpikeTrain spikes;
  private PoolingWindows windows;
  private AverageSynapse average;

  /** Makes features and spikes. */
  @Setup
  public void prepare() {
    String[] parts = shape.split("@");
    int side = Integer.parseInt(parts[1]);
    FeatureShape input = FeatureShape.image(Integer.parseInt(parts[0]), side, side);
    features = Nd4j.ones(input.arrayShape(minibatch));
    encoder = SpikeEncoder.poisson(STEPS, density);
    Window2D.Axis axis = new Window2D.Axis(2, 2, 0, 1, false);
    Window2D window = new Window2D(axis, axis);
    windows = new PoolingWindows(window, input);
    average = new AverageSynapse(windows);
    spikes = spikes(input);
  }

  /** Bit-packed spikes, as layers of neurons fire them: each input neuron drives its own neuron. */
  private SpikeTrain spikes(FeatureShape input) {
    int channels = input.channels();
    INDArray identity = Nd4j.eye(channels).reshape(channels, channels, 1, 1);
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, false);
    return new EventDrivenEngine()
        .simulate(
            new ConvolutionSynapse(new Window2D(one, one), input, identity, null),
            SpikingNeuron.integrateAndFire(0.5),
            encoder.encode(features, NoiseKey.training(1, 0)));
  }

  /** Encodes the features as Poisson spikes. */
  @Benchmark
  public SpikeTrain encode() {
    return encoder.encode(features, NoiseKey.training(1, 0));
  }

  /** Average pooling by neurons whose every fourth spike fires: bit planes. */
  @Benchmark
  public SpikeTrain averageByBitmaps() {
    return new EventDrivenEngine().simulate(average, SpikingNeuron.integrateAndFire(0.75), spikes);
  }

  /** Average pooling by leaky neurons: spike by spike. */
  @Benchmark
  public SpikeTrain averageBySpikes() {
    return new EventDrivenEngine()
        .simulate(average, new SpikingNeuron(0.75, 0.9, Reset.toZero(), 0), spikes);
  }

  /** Max pooling, step by step. */
  @Benchmark
  public SpikeTrain maximum() {
    return StepwiseMaximum.of(spikes, windows);
  }
}
