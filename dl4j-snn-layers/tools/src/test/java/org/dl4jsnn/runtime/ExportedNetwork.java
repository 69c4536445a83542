package org.dl4jsnn.runtime;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.LearnedDelay;
import org.dl4jsnn.conf.NarrowingWidth;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Networks that the runtime must run as the library does: all layers, neurons and read-outs. */
enum ExportedNetwork {
  IMAGES(ExportedNetwork::images, 1, 12, 12),
  SIGNED_POISSON(ExportedNetwork::signedPoisson, 2, 6, 5),
  NORMALISED(ExportedNetwork::normalised, 3, 8, 8),
  POOLINGS(ExportedNetwork::poolings, 2, 9, 8),
  MAXIMA_AT_THE_END(ExportedNetwork::maximaAtTheEnd, 2, 8, 8),
  RESIDUAL(ExportedNetwork::residual, 2, 8, 8),
  RECURRENT(ExportedNetwork::recurrent, 9, 0, 0),
  ONE_TO_ONE(ExportedNetwork::oneToOne, 9, 0, 0),
  ADAPTIVE(ExportedNetwork::adaptive, 1, 1, 20),
  COURSE(ExportedNetwork::course, 6, 0, 0),
  REFRACTORY(ExportedNetwork::refractory, 6, 0, 0),
  GATED(ExportedNetwork::gated, 2, 8, 8),
  DELTA(ExportedNetwork::delta, 2, 4, 5),
  DELAYS(ExportedNetwork::delays, 6, 0, 0),
  VARIED_READ_OUT(ExportedNetwork::variedReadOut, 6, 0, 0),
  SYNAPTIC_READ_OUT(ExportedNetwork::synapticReadOut, 6, 0, 0),
  PROGRAM(ExportedNetwork::program, 6, 0, 0),
  TUNED_FRAMES(ExportedNetwork::tunedFrames, 3, 0, 0),
  LATENCY(ExportedNetwork::latency, 2, 7, 6),
  TUNED_LATENCY(ExportedNetwork::tunedLatency, 2, 3, 4),
  TUNED_POISSON(ExportedNetwork::tunedPoisson, 1, 4, 4),
  WHOLE_NUMBERS(() -> IntegerQuantization.toBits(6).quantize(images()).network(), 1, 12, 12),
  WHOLE_NUMBERS_THAT_LEAK(
      () -> IntegerQuantization.toBits(8).perLayer().quantize(signedPoisson()).network(), 2, 6, 5),
  WHOLE_SYNAPTIC_CURRENTS(ExportedNetwork::wholeSynapticCurrents, 2, 6, 5),
  WHOLE_NUMBERS_THAT_PARTLY_LEAK(ExportedNetwork::wholeNumbersThatPartlyLeak, 2, 3, 4),
  RESONATING(ExportedNetwork::resonating, 6, 0, 0),
  WHOLE_ADAPTIVE(() -> IntegerQuantization.toBits(8).quantize(oneToOne()).network(), 9, 0, 0),
  WHOLE_REFRACTORY(() -> IntegerQuantization.toBits(8).quantize(refractory()).network(), 6, 0, 0),
  WHOLE_RESONATING(() -> IntegerQuantization.toBits(12).quantize(resonating()).network(), 6, 0, 0),
  MEETING(ExportedNetwork::meeting, 2, 8, 8);

  private static final int STEPS = 7;
  private static final InputType SERIES = InputType.recurrent(6, STEPS);
  private static final TuningCurves CURVES = new TuningCurves(4, -0.2, 1.1);

  private final Supplier<NeuralNetwork> made;
  private final int channels;
  private final int height;
  private final int width;

  ExportedNetwork(Supplier<NeuralNetwork> made, int channels, int height, int width) {
    this.made = made;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  NeuralNetwork network() {
    return made.get();
  }

  private boolean hasTime() {
    return ordinal() >= RECURRENT.ordinal() && ordinal() < LATENCY.ordinal()
        || ordinal() >= RESONATING.ordinal() && ordinal() < MEETING.ordinal();
  }

  /** A minibatch, some of it negative, with a time axis where the network wants one. */
  INDArray features(int minibatch, int seed) {
    long[] shape =
        !hasTime()
            ? new long[] {minibatch, channels, height, width}
            : height == 0
                ? new long[] {minibatch, channels, STEPS}
                : new long[] {minibatch, channels, STEPS, height, width};
    Nd4j.getRandom().setSeed(seed);
    INDArray features = Nd4j.rand(DataType.FLOAT, shape).muli(1.3).subi(0.2);
    boolean areSpikes = hasTime() && height == 0 && this != TUNED_FRAMES;
    return areSpikes ? features.gt(0.5).castTo(DataType.FLOAT) : features;
  }

  private static NeuralNetConfiguration.Builder builder(int seed) {
    return Networks.seeded(seed).updater(new Adam(1e-2));
  }

  static MultiLayerNetwork sequence(int seed, InputType input, Layer... layers) {
    return Networks.of(builder(seed), input, layers);
  }

  private static OutputLayer output(Activation activation, LossFunction loss) {
    return new OutputLayer.Builder(loss).nOut(5).activation(activation).build();
  }

  private static MultiLayerNetwork images() {
    return sequence(
        3,
        InputType.convolutionalFlat(12, 12, 1),
        SpikeEncoding.direct(9).gain(1.5).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(20).threshold(0.4).hasBias(true).build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.6).build(),
        new SpikingDropout.Builder().retain(0.8).build(),
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(33)
            .threshold(0.3)
            .leak(0.9)
            .reset(Reset.bySubtraction())
            .build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build(),
        new SpikingDense.Builder().nOut(40).threshold(0.3).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork signedPoisson() {
    return sequence(
        4,
        InputType.convolutional(6, 5, 2),
        SpikeEncoding.poisson(21).gain(0.9).build(),
        new SpikingDense.Builder().nOut(70).threshold(0.5).leak(0.8).build(),
        new SpikingDense.Builder()
            .nOut(30)
            .threshold(0.4)
            .reset(Reset.to(-0.2))
            .learnPerChannel(NeuronParameter.THRESHOLD)
            .build(),
        new OutputLayer.Builder(LossFunction.MSE)
            .nOut(5)
            .hasBias(false)
            .activation(new ReadOutActivation(1.7))
            .build());
  }

  private static MultiLayerNetwork normalised() {
    MultiLayerNetwork network =
        sequence(
            5,
            InputType.convolutional(8, 8, 3),
            SpikeEncoding.direct(6).build(),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(16)
                .normalization(new CurrentNormalization())
                .build(),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
            new SpikingConvolution2D.Builder(3, 3)
                .stride(2, 2)
                .nOut(12)
                .normalization(new CurrentNormalization())
                .build(),
            new SpikingGlobalPooling.Builder(PoolingType.AVG).build(),
            output(Activation.SIGMOID, LossFunction.XENT));
    INDArray labels = Nd4j.eye(5).castTo(DataType.FLOAT);
    for (int i = 0; i < 10; i++) {
      network.fit(NORMALISED.features(5, i), labels);
    }
    return network;
  }

  private static MultiLayerNetwork poolings() {
    return sequence(
        6,
        InputType.convolutional(9, 8, 2),
        SpikeEncoding.poisson(12).build(),
        new SpikingConvolution2D.Builder(3, 2).nOut(10).threshold(0.4).build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).build(),
        new SpikingDepthwiseConvolution2D.Builder(3, 3)
            .depthMultiplier(2)
            .threshold(0.2)
            .hasBias(true)
            .build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 3, 2).stride(1, 2).threshold(0.3).build(),
        new SpikingGlobalPooling.Builder(PoolingType.SUM).build(),
        output(Activation.IDENTITY, LossFunction.MSE));
  }

  private static MultiLayerNetwork maximaAtTheEnd() {
    return sequence(
        7,
        InputType.convolutional(8, 8, 2),
        SpikeEncoding.direct(5).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3).dilation(2, 1).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        Networks.softmax(5));
  }

  private static ComputationGraph residual() {
    return Networks.of(
        builder(8)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(8, 8, 2))
            .addLayer("spikes", SpikeEncoding.direct(6).build(), "image")
            .addLayer("first", convolution(8), "spikes")
            .addLayer("left", convolution(8), "first")
            .addLayer("right", convolution(8), "left")
            .addVertex("sum", new SpikingAdd(), "right", "first")
            .addLayer("next", convolution(5), "sum")
            .addVertex("both", new SpikingConcatenate(), "next", "sum", "left")
            .addLayer("small", new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(), "both")
            .addLayer("answer", Networks.softmax(5), "small")
            .setOutputs("answer"));
  }

  /** A shortcut that carries currents, and spikes that are compared. */
  private static ComputationGraph meeting() {
    return Networks.of(
        builder(8)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutional(8, 8, 2))
            .addLayer("spikes", SpikeEncoding.poisson(6).build(), "image")
            .addLayer("stem", graded(6), "spikes")
            .addLayer("first", charged(), "stem")
            .addLayer("inner", convolution(6), "first")
            .addLayer("second", graded(6), "inner")
            .addVertex("sum", new SpikingAdd(), "stem", "second")
            .addLayer("last", charged(), "sum")
            .addVertex("agreed", new SpikingAnd(), "last", "first")
            .addVertex("kept", new SpikingAndNot(), "first", "inner")
            .addVertex("both", new SpikingConcatenate(), "agreed", "kept", "last")
            .addLayer("all", new SpikingGlobalPooling.Builder(PoolingType.AVG).build(), "both")
            .addLayer("answer", Networks.softmax(5), "all")
            .setOutputs("answer"));
  }

  private static SpikingConvolution2D graded(int channels) {
    return new SpikingConvolution2D.Builder(3, 3)
        .padding(1, 1)
        .nOut(channels)
        .hasBias(true)
        .neuron(new GradedNeuron())
        .build();
  }

  private static SpikingPooling2D charged() {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1).threshold(0.4).leak(0.9).build();
  }

  private static SpikingConvolution2D convolution(int channels) {
    return new SpikingConvolution2D.Builder(3, 3)
        .padding(1, 1)
        .nOut(channels)
        .threshold(0.5)
        .build();
  }

  private static MultiLayerNetwork recurrent() {
    return sequence(
        9,
        InputType.recurrent(9, STEPS),
        SpikeEncoding.frames().build(),
        new SpikingRecurrent.Builder().nOut(30).threshold(0.5).leak(0.9).build(),
        new SpikingDense.Builder()
            .nOut(20)
            .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.4, 0.9), 0.7))
            .learnPerChannel(NeuronParameter.SYNAPTIC_DECAY)
            .build(),
        new LeakyReadOut.Builder().nOut(5).leak(0.9).hasBias(true).build(),
        loss());
  }

  private static MultiLayerNetwork oneToOne() {
    return sequence(
        10,
        InputType.recurrent(9, STEPS),
        SpikeEncoding.frames().build(),
        new SpikingRecurrent.Builder()
            .nOut(25)
            .oneToOne(true)
            .neuron(new AdaptiveNeuron(SpikingNeuron.leakyIntegrateAndFire(0.4, 0.95), 0.3, 0.8))
            .build(),
        new LeakyReadOut.Builder().nOut(6).leak(0.8).reads(MembraneReadOut.MAXIMUM).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork adaptive() {
    return sequence(
        11,
        films(1, 20, 1),
        SpikeEncoding.frames().build(),
        new SpikingConvolution1D.Builder(5)
            .stride(2)
            .nOut(8)
            .neuron(new AdaptiveNeuron(SpikingNeuron.integrateAndFire(0.4), 0.2, 0.9))
            .learnPerChannel(NeuronParameter.ADAPTATION_STRENGTH)
            .build(),
        new SpikingDense.Builder().nOut(10).threshold(0.3).build(),
        new LeakyReadOut.Builder().nOut(5).reads(MembraneReadOut.MEAN).build(),
        loss());
  }

  /** Adaptation that the membrane feeds, and delays that are learned. */
  private static MultiLayerNetwork resonating() {
    return sequence(
        30,
        SERIES,
        SpikeEncoding.frames().build(),
        new LearnedDelay.Builder(4).width(new NarrowingWidth(2, 0.3, 10)).build(),
        new SpikingRecurrent.Builder()
            .nOut(12)
            .neuron(AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 12, 3).withThreshold(0.02))
            .learnPerChannel(NeuronParameter.FEEDBACK, NeuronParameter.MEMBRANE_DECAY)
            .build(),
        new SpikingDense.Builder()
            .nOut(12)
            .neuron(AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.4, 0.9, 0.1, 0.1).withThreshold(0.02))
            .build(),
        new LeakyReadOut.Builder().nOut(5).reads(MembraneReadOut.MEAN).build(),
        loss());
  }

  private static MultiLayerNetwork course() {
    return sequence(
        12,
        SERIES,
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder().nOut(15).threshold(0.4).build(),
        new LeakyReadOut.Builder().nOut(7).leak(0.7).reads(MembraneReadOut.COURSE).build(),
        answers());
  }

  private static MultiLayerNetwork refractory() {
    return sequence(
        13,
        SERIES,
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder()
            .nOut(15)
            .neuron(new RefractoryNeuron(SpikingNeuron.leakyIntegrateAndFire(0.3, 0.9), 2))
            .build(),
        Networks.softmax(5));
  }

  /** One delay, one of every channel, and one of every neuron. */
  private static MultiLayerNetwork delays() {
    return sequence(
        15,
        SERIES,
        SpikeEncoding.frames().build(),
        new SpikingDelay.Builder().steps(1).build(),
        new SpikingDense.Builder().nOut(4).threshold(0.3).build(),
        new SpikingDelay.Builder().steps(3, 0, 1, 2).build(),
        new SpikingDense.Builder().nOut(9).threshold(0.2).leak(0.9).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork variedReadOut() {
    return readOut(new LeakyReadOut.Builder().leaks(0.9, 0, 1, 0.5, 0.25).hasBias(true));
  }

  private static MultiLayerNetwork synapticReadOut() {
    return readOut(new LeakyReadOut.Builder().leak(0.9).synapticDecay(0.5, 0.1, 0.9, 1, 0));
  }

  private static MultiLayerNetwork readOut(LeakyReadOut.Builder readOut) {
    return sequence(
        16,
        SERIES,
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder().nOut(15).threshold(0.4).build(),
        readOut.nOut(5).reads(MembraneReadOut.COURSE).build(),
        answers());
  }

  /**
   * Neurons as Norse and sinabs have them, with a synaptic current and numbers of every channel.
   */
  private static MultiLayerNetwork program() {
    List<Double> thresholds =
        IntStream.range(0, 12).mapToObj(i -> (double) (0.05f + 0.01f * i)).toList();
    List<Double> rest = List.of((double) 0.01f);
    List<Double> zero = List.of(0.0);
    LinearStep synapse =
        new LinearStep(
            Integration.EULER_OF_LEAK,
            List.of(1.5),
            List.of((double) (0.001f * (1 / 0.002f))),
            rest,
            rest);
    LinearStep membrane =
        new LinearStep(
            Integration.EULER, List.of(2.0), List.of((double) (0.001f * (1 / 0.005f))), rest, rest);
    LinearNeuron first =
        new LinearNeuron(
            Charging.through(synapse, membrane),
            Firing.ABOVE,
            thresholds,
            MembraneReset.TO_VALUE,
            zero);
    LinearNeuron second =
        new LinearNeuron(
            Charging.of(
                new LinearStep(
                    Integration.DECAY,
                    List.of(1.0),
                    List.of((double) (float) Math.exp(-1 / 5f)),
                    zero,
                    zero)),
            Firing.REACHED,
            List.of((double) 0.3f),
            MembraneReset.BY_SUBTRACTION,
            zero);
    return sequence(
        17,
        SERIES,
        SpikeEncoding.frames().build(),
        new SpikingRecurrent.Builder().nOut(12).neuron(first).build(),
        new SpikingDense.Builder().nOut(9).neuron(second).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork latency() {
    return sequence(
        19,
        InputType.convolutional(7, 6, 2),
        SpikeEncoding.by(LatencyEncoder.linear(11).withGain(1.2)).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(8).threshold(0.3).hasBias(true).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork tunedLatency() {
    return sequence(
        20,
        InputType.convolutional(3, 4, 2),
        SpikeEncoding.by(
                SpikeEncoder.population(CURVES, LatencyEncoder.logarithmic(9).withThreshold(0.1)))
            .build(),
        new SpikingConvolution2D.Builder(2, 2).nOut(8).threshold(0.2).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork tunedPoisson() {
    return sequence(
        21,
        InputType.convolutionalFlat(4, 4, 1),
        SpikeEncoding.by(SpikeEncoder.population(CURVES, SpikeEncoder.poisson(8, 1))).build(),
        new SpikingDense.Builder().nOut(12).threshold(0.4).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork wholeSynapticCurrents() {
    MultiLayerNetwork trained =
        sequence(
            22,
            InputType.convolutional(6, 5, 2),
            SpikeEncoding.poisson(15).build(),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(9)
                .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.5, 0.9), 0.6))
                .learnPerChannel(NeuronParameter.SYNAPTIC_DECAY)
                .build(),
            Networks.softmax(5));
    return IntegerQuantization.toBits(8).quantize(trained).network();
  }

  private static MultiLayerNetwork wholeNumbersThatPartlyLeak() {
    return wholeNumbersThatPartlyLeak(
        new IntegerNeuron(
            new int[] {7, 9},
            new int[] {IntegerNeuron.NO_LEAK, 3000},
            true,
            new int[] {0},
            new int[] {1, 0}));
  }

  /** Currents are fractions. */
  static MultiLayerNetwork wholeNumbersThatPartlyLeak(IntegerNeuron neuron) {
    MultiLayerNetwork network =
        sequence(
            23,
            InputType.convolutional(3, 4, 2),
            SpikeEncoding.direct(40).build(),
            new SpikingConvolution2D.Builder(2, 2).nOut(2).neuron(neuron).build(),
            Networks.softmax(5));
    INDArray weights = network.getLayer(1).getParam("W");
    weights.assign(Transforms.round(weights.mul(5)));
    return network;
  }

  private static MultiLayerNetwork gated() {
    return sequence(
        7,
        films(8, 8, 2),
        SpikeEncoding.frames().build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(10).threshold(0.3).build(),
        new SpikingGlobalPooling.Builder(PoolingType.MAX).gated(true).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork delta() {
    return sequence(
        14,
        films(4, 5, 2),
        SpikeEncoding.delta(0.2).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3).build(),
        Networks.softmax(5));
  }

  private static MultiLayerNetwork tunedFrames() {
    return sequence(
        18,
        InputType.recurrent(3, STEPS),
        SpikeEncoding.by(SpikeEncoder.population(CURVES, SpikeEncoder.frames())).build(),
        new SpikingDense.Builder().nOut(10).threshold(0.4).build(),
        Networks.softmax(5));
  }

  private static Layer answers() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(4)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static Layer loss() {
    return new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
  }

  private static InputType films(int height, int width, int channels) {
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, STEPS, height, width, channels);
  }
}
