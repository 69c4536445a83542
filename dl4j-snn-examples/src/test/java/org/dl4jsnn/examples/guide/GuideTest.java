package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LearnedDelay;
import org.dl4jsnn.conf.NarrowingWidth;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.data.IdxDataSetIterator;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.deploy.QuantizationReport;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** What the guide promises of its code. */
class GuideTest {

  private static final NoiseKey NO_NOISE = NoiseKey.inference(1);

  /** Layers and a read-out of classes. */
  static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, InputType input, int classes, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    Arrays.stream(layers).forEach(list::layer);
    list.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    return network;
  }

  @Test
  void shouldHaveTheSameWeightsBeforeAndAfterTheConversion() {
    MultiLayerNetwork conventional = new MultiLayerNetwork(TrainedConversionTest.conventional(1));
    conventional.init();
    MultiLayerNetwork spiking = TrainedConversionTest.watched(1);
    // One layer more in front, and a slope for each spiking layer.
    assertEquals(conventional.getnLayers() + 1, spiking.getnLayers());
    for (int i = 0; i < conventional.getnLayers(); i++) {
      INDArray weights = conventional.getLayer(i).paramTable().get("W");
      if (weights != null) {
        assertArrayEquals(weights.shape(), spiking.getLayer(i + 1).getParam("W").shape());
      }
    }
    INDArray digits = Nd4j.rand(2, 784);
    assertArrayEquals(new long[] {2, 10}, spiking.output(digits).shape());
    assertArrayEquals(new long[] {2, 10}, conventional.output(digits).shape());
  }

  @Test
  void shouldTrainThePublishedNetwork() {
    DataSet images = new DataSet(Nd4j.rand(2, 784), Nd4j.eye(10).getRows(3, 7));
    MultiLayerNetwork trained = train(new ExistingDataSetIterator(List.of(images)), 1);
    MultiLayerNetwork untrained = new MultiLayerNetwork(trained.getLayerWiseConfigurations());
    untrained.init();
    assertNotEquals(untrained.params(), trained.params());
    // Over an identity, which Deeplearning4j would refuse without the rule.
    Evaluation evaluation = trained.evaluate(new ExistingDataSetIterator(List.of(images)));
    assertEquals(2, evaluation.getNumRowCounter());
  }

  @Test
  void shouldHaveReadyNetworksOfOtherLayers() {
    // begin ready
    MultiLayerNetwork network = SpikingNetworks.lenet5().steps(20).updater(new Adam(1e-3)).init();
    MultiLayerConfiguration configuration =
        SpikingNetworks.vgg7()
            .layers("32C3-AP2-64C3-AP2-256")
            .normalization(new CurrentNormalization())
            .configuration();
    // end ready
    assertEquals(2, List.of(network.getLayerWiseConfigurations(), configuration).size());
  }

  @Test
  void shouldTrainOnImagesFromFiles(@TempDir Path folder) throws IOException {
    MnistFolder.write(folder, 80, 40);
    MultiLayerNetwork network = SpikingNetworks.lenet5().steps(2).init();
    INDArray untrained = network.params().dup();
    int epochs = 2;
    // begin files
    DataSetIterator train = IdxDataSetIterator.training(folder).batch(64).shuffled().build();
    DataSetIterator test = IdxDataSetIterator.test(folder).build();
    network.fit(train, epochs);
    // end files
    assertNotEquals(untrained, network.params());
    assertEquals(40, network.evaluate(test).getNumRowCounter());
    assertEquals(
        MnistFiles.in(folder).test().inOrder(32).next().getFeatures(),
        IdxDataSetIterator.test(folder).build().next().getFeatures());
  }

  @Test
  void shouldTrainAPretrainedNetworkFurther() {
    Digits digits = MnistFiles.embedded().training().range(0, 128);
    MultiLayerNetwork network = trainFurther(digits.inOrder(32));
    MultiLayerNetwork untouched =
        NormalizationFolding.unfold(
            SpikingNetworks.lenet5().pretrained(), new CurrentNormalization(), digits.inOrder(32));
    assertNotEquals(untouched.getLayer(1).getParam("W"), network.getLayer(1).getParam("W"));
    assertTrue(network.evaluate(digits.inOrder(32)).accuracy() > 0.98);
  }

  @Test
  void shouldFireForItsRhythmOnly() {
    double sixSteps = 2 * Math.PI / 6;
    ResonateAndFire resonating = new ResonateAndFire(0.8, sixSteps, 0.95);
    assertEquals(3, spikes(resonating, 6));
    for (int other : new int[] {2, 3, 4, 5, 7, 9}) {
      assertEquals(0, spikes(resonating, other), "every " + other);
    }
  }

  /** Spikes for currents of 0.5 that come every so many steps. */
  private static int spikes(ResonateAndFire resonating, int period) {
    Neurons neuron = Neurons.of(resonating, 1, 1);
    int spikes = 0;
    for (int step = 0; step < 60; step++) {
      float[] excess = new float[1];
      neuron.variable(0)[0] += step % period == 0 ? 0.5f : 0;
      resonating.excess(neuron, excess);
      neuron.clearFired();
      if (excess[0] > 0) {
        neuron.fire(0);
        spikes++;
      }
      resonating.reset(neuron);
    }
    return spikes;
  }

  @Test
  void shouldBuildTheNeuronsThatItShows() {
    // begin neurons
    SpikingNeuron leaky =
        SpikingNeuron.leakyIntegrateAndFire(1, 0.9).withReset(Reset.bySubtraction());
    SpikingDense synaptic =
        new SpikingDense.Builder().nOut(100).neuron(new SynapticNeuron(leaky, 0.7)).build();
    SpikingDense adaptive =
        new SpikingDense.Builder().nOut(100).neuron(new AdaptiveNeuron(leaky, 0.2, 0.95)).build();
    SpikingDense refractory =
        new SpikingDense.Builder().nOut(100).neuron(new RefractoryNeuron(leaky, 2)).build();
    SpikingDense resonating =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 100, 1))
            .build();
    // end neurons
    assertEquals(4, List.of(synaptic, adaptive, refractory, resonating).size());
    // begin delaying
    LearnedDelay delay =
        new LearnedDelay.Builder(15).width(new NarrowingWidth(7.5, 0.3, 2000)).build();
    // end delaying
    assertEquals(15, delay.getLongest());
    // begin learning
    SpikingConvolution2D convolution =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(32)
            .leak(0.9)
            .learnPerChannel(NeuronParameter.LEAK) // 32 leaks, all starting at 0.9
            .learnPerLayer(NeuronParameter.THRESHOLD) // one threshold
            .build();
    SpikingDense dense =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(1, 0.9), 0.7))
            .learnPerLayer(NeuronParameter.LEAK, NeuronParameter.SYNAPTIC_DECAY)
            .build();
    // end learning
    MultiLayerNetwork network =
        network(
            new NeuralNetConfiguration.Builder(),
            InputType.convolutional(4, 4, 1),
            2,
            SpikeEncoding.direct(4).build(),
            convolution,
            dense);
    double[] leaks = learned(network, 1).get(1).ofChannels(32);
    assertArrayEquals(new double[] {0.9, 0.9}, Arrays.copyOf(leaks, 2), 1e-6);
    assertEquals(0.7, learned(network, 2).get(3).mean(), 1e-6);
  }

  @Test
  void shouldSpreadSpikesEvenly() {
    INDArray features = Nd4j.create(new float[] {0, 0.25f, 0.5f, 1}, new long[] {1, 4}, 'c');
    SpikeTrain train = new EvenSpikes(8).encode(features, NO_NOISE);
    assertArrayEquals(new float[] {0, 2, 4, 8}, train.totals());
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvenSpikes(8).encode(features.add(0.5), NO_NOISE));
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          INDArray missing = Nd4j.create(new float[] {0, Float.NaN}, new long[] {1, 2}, 'c');
          new EvenSpikes(8).encode(missing, NO_NOISE);
        });
  }

  @Test
  void shouldLearnWithACustomEncoderNeuronAndRule() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.02))
            .list()
            .layer(SpikeEncoding.by(new EvenSpikes(10)).build())
            .layer(
                new SpikingDense.Builder()
                    .nOut(20)
                    .neuron(new ResonateAndFire(0.3, 0.8, 0.9))
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(4))
            .build();
    BackpropRules.apply(configuration, new FixedSlope());
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    DataSet data = larger();
    double before = network.score(data);
    for (int i = 0; i < 60; i++) {
      network.fit(data);
    }
    assertTrue(network.score(data) < before / 2, before + " became " + network.score(data));
  }

  @Test
  void shouldPutCustomPartsToUse() {
    MultiLayerNetwork network =
        network(
            new NeuralNetConfiguration.Builder(),
            InputType.feedForward(4),
            2,
            encoding(),
            learningAngle(),
            resonating());
    BaseSpikingLayer learning = (BaseSpikingLayer) network.getLayer(1).conf().getLayer();
    double[] angles =
        learning.learnedNeuron(network.getLayer(1).paramTable()).parameters().stream()
            .filter(parameter -> parameter.name().equals("angle"))
            .findFirst()
            .orElseThrow()
            .ofChannels(100);
    assertEquals(100, angles.length);
    assertEquals(0.8, angles[99], 1e-6);
    MultiLayerConfiguration ruled = network.getLayerWiseConfigurations().clone();
    applyFixedSlope(ruled);
    assertEquals(new FixedSlope(), ((BaseSpikingLayer) ruled.getConf(1).getLayer()).getBackprop());
  }

  @Test
  void shouldTrainInParallel() {
    MultiLayerNetwork network = SpikingNetworks.mlp(20).steps(5).updater(new Adam(1e-3)).init();
    List<DataSet> digits = brightened();
    double before = loss(network, digits);
    average(network, new ExistingDataSetIterator(digits), 2, 3);
    assertEquals(3, network.getEpochCount());
    assertEquals(12, network.getIterationCount());
    double averaged = loss(network, digits);
    assertTrue(averaged < before, before + " became " + averaged);
    share(network, new ExistingDataSetIterator(digits), 1e-3);
    double shared = loss(network, digits);
    assertTrue(shared < averaged, averaged + " became " + shared);
  }

  @Test
  void shouldMakeAChipOfATrainedNetwork(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = SpikingNetworks.mlp(20).steps(5).seed(2).init();
    QuantizationReport report =
        DeploymentTest.report(network, new ExistingDataSetIterator(brightened()), folder);
    assertEquals(1, report.layers().size());
    assertTrue(report.agreement() > 0.9, report.toString());
    assertTrue(Files.exists(folder.resolve("1.threshold.npy")));
  }

  private static double loss(MultiLayerNetwork network, List<DataSet> minibatches) {
    return minibatches.stream().mapToDouble(network::score).average().orElseThrow();
  }

  /** Each class brightens pixels of its own; the rest is dim noise. */
  private static List<DataSet> brightened() {
    Nd4j.getRandom().setSeed(5);
    INDArray labels = Nd4j.tile(Nd4j.eye(10), 16, 1);
    INDArray bright = Nd4j.rand(10, 784).gt(0.8).castTo(labels.dataType());
    INDArray features = Nd4j.rand(160, 784).mul(0.2).add(labels.mmul(bright).mul(0.8));
    return new DataSet(features, labels).batchBy(20);
  }

  /** Which of the first two features is the larger one. */
  private static DataSet larger() {
    Nd4j.getRandom().setSeed(7);
    INDArray features = Nd4j.rand(64, 4);
    float[] first = features.getColumn(0).dup().data().asFloat();
    float[] second = features.getColumn(1).dup().data().asFloat();
    INDArray labels = Nd4j.zeros(64, 2);
    for (int i = 0; i < first.length; i++) {
      labels.putScalar(i, first[i] > second[i] ? 1 : 0, 1);
    }
    assertTrue(Arrays.stream(labels.sum(0).toDoubleVector()).allMatch(count -> count > 16));
    return new DataSet(features, labels);
  }

  static MultiLayerConfiguration columns(int steps, int positions, int classes) {
    // begin columns
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingConvolution1D.Builder(9).nOut(16).stride(4).leak(0.9).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.SUM, 1, 5).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, steps, 1, positions, 1))
            .build();
    // end columns
    return configuration;
  }

  static MultiLayerConfiguration dropout(int inputs, int classes) {
    // begin dropout
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.direct(10).build())
            .layer(new SpikingDense.Builder().nOut(800).build())
            .layer(new SpikingDropout.Builder().retain(0.8).build()) // probability of keeping
            .layer(new SpikingDense.Builder().nOut(128).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(inputs))
            .build();
    // end dropout
    return configuration;
  }

  static SpikingConvolution2D normalised() {
    // begin normalised
    SpikingConvolution2D normalised =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(64)
            .threshold(2)
            .normalization(new CurrentNormalization()) // instead of a bias; under any rule
            .build();
    // end normalised
    return normalised;
  }

  static SpikingConvolution2D regularised() {
    // begin regularised
    SpikingConvolution2D regularised =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(64)
            // Every neuron between 2 and 30 %.
            .firingRateRegularization(new FiringRateRegularization(0.02, 0.3, 1e-2))
            // What an addition costs.
            .synapticOperationsRegularization(new SynapticOperationsRegularization(1e-8))
            .build();
    // end regularised
    return regularised;
  }

  static MultiLayerNetwork train(DataSetIterator train, int epochs) {
    // begin network
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(8.5e-4))
            .l2(5e-4)
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(100).gain(0.5).build()) // T = 100 time steps
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(20).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(50).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingDense.Builder().nOut(200).threshold(1.0).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // without it: spatio-temporal backpropagation
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(train, epochs);
    // end network
    return network;
  }

  static List<NeuronParameter> learned(MultiLayerNetwork network, int layer) {
    // begin learned
    var trained = network.getLayer(layer);
    BaseSpikingLayer configuration = (BaseSpikingLayer) trained.conf().getLayer();
    List<NeuronParameter> parameters =
        configuration.learnedNeuron(trained.paramTable()).parameters();
    // end learned
    return parameters;
  }

  static List<BackpropRule> apply(MultiLayerConfiguration configuration) {
    // begin rules
    BackpropRule triangular = new SpatioTemporalBackprop(Surrogate.triangular(0.5));
    BackpropRule segmented = new SpatioTemporalBackprop().withAttachedReset().withSegments(20);
    BackpropRule gated = new AsfBackprop().withSaturationGate();
    BackpropRules.apply(configuration, gated); // or one of the others
    // end rules
    return List.of(triangular, segmented, gated);
  }

  /** The classes of digits [minibatch, 784] in [0, 1], light on dark. */
  static INDArray recognise(INDArray digits) {
    // begin pretrained
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    // digits: [minibatch, 784] in [0, 1], light on dark
    INDArray classes = network.output(digits).argMax(1);
    // end pretrained
    return classes;
  }

  /** The network of {@link #recognise}, trained further. */
  static MultiLayerNetwork trainFurther(DataSetIterator digits) {
    // begin further
    MultiLayerNetwork network =
        NormalizationFolding.unfold(
            SpikingNetworks.lenet5().pretrained(), new CurrentNormalization(), digits);
    network.setLearningRate(1e-4);
    network.fit(digits);
    // end further
    return network;
  }

  static SpikingDense resonating() {
    // begin neuron
    SpikingDense resonating =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new ResonateAndFire(0.5, 0.8, 0.95))
            .backprop(new AsfBackprop())
            .build();
    // end neuron
    return resonating;
  }

  static SpikingDense learningAngle() {
    // begin angle
    SpikingDense learning =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new ResonateAndFire(0.5, 0.8, 0.95))
            .learnPerChannel("angle") // 100 angles, all starting at 0.8
            .build();
    // end angle
    return learning;
  }

  static SpikeEncoding encoding() {
    // begin encoding
    SpikeEncoding encoding = SpikeEncoding.by(new EvenSpikes(20)).build();
    // end encoding
    return encoding;
  }

  static void applyFixedSlope(MultiLayerConfiguration configuration) {
    // begin rule
    BackpropRules.apply(configuration, new FixedSlope());
    // end rule
  }

  /** Trains with workers whose parameters are averaged. */
  static void average(
      MultiLayerNetwork network, DataSetIterator minibatches, int workers, int epochs) {
    // begin averaging
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(workers)
            .averagingFrequency(1) // after every minibatch of each worker
            .prefetchBuffer(workers)
            .build();
    for (int epoch = 0; epoch < epochs; epoch++) {
      wrapper.fit(minibatches);
      network.incrementEpochCount(); // ParallelWrapper does not
    }
    // end averaging
  }

  /** Trains with workers that share their gradients. */
  static void share(MultiLayerNetwork network, DataSetIterator minibatches, double learningRate) {
    // begin sharing
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(2)
            .trainingMode(ParallelWrapper.TrainingMode.SHARED_GRADIENTS)
            .thresholdAlgorithm(new FixedThresholdAlgorithm(learningRate))
            .prefetchBuffer(2)
            .build();
    // end sharing
    wrapper.fit(minibatches);
  }
}
