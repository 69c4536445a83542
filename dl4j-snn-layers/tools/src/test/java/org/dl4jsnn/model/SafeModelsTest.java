package org.dl4jsnn.model;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.hostile.SideEffects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** What SafeModels loads as Deeplearning4j does, and which classes it does not even look up. */
class SafeModelsTest {

  private static final String OWN = "org.dl4jsnn.model.hostile.Activation";
  private static final String IDENTITY = "org.nd4j.linalg.activations.impl.ActivationIdentity";

  private final SafeModels models = SafeModels.defaults();

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    SideEffects.forget();
  }

  @Test
  void shouldLoadANetworkThatAnswersAndLearnsLikeDeeplearning4js() throws IOException {
    Path file = ModelZip.multiLayer().write(folder);
    MultiLayerNetwork expected = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    MultiLayerNetwork network = models.multiLayerNetwork(file);
    assertSameBits(
        expected.output(TestNetworks.features()), network.output(TestNetworks.features()));
    expected.fit(TestNetworks.data());
    network.fit(TestNetworks.data());
    assertSameState(expected, network);
    assertEquals(expected.getLayerWiseConfigurations(), network.getLayerWiseConfigurations());
  }

  @Test
  void shouldLoadAGraphThatAnswersAndLearnsLikeDeeplearning4js() throws IOException {
    Path file = ModelZip.of(TestNetworks.graph()).write(folder);
    ComputationGraph expected = ModelSerializer.restoreComputationGraph(file.toFile());
    ComputationGraph graph = models.computationGraph(file);
    expected.fit(TestNetworks.data());
    graph.fit(TestNetworks.data());
    assertSameState(expected, graph);
  }

  private static void assertSameState(NeuralNetwork expected, NeuralNetwork network) {
    assertSameBits(expected.params(), network.params());
    assertSameBits(expected.updaterState(), network.updaterState());
  }

  @Test
  void shouldLoadANetworkOfDoublesWithoutAnUpdatersState() throws IOException {
    MultiLayerNetwork saved = TestNetworks.multiLayer().convertDataType(DataType.DOUBLE);
    Path file = ModelZip.of(saved).without(ModelZip.UPDATER).write(folder);
    assertSameBits(saved.params(), models.multiLayerNetwork(file).params());
  }

  @Test
  void shouldIgnoreEntriesOfOthers() throws IOException {
    Path file = ModelZip.multiLayer().with("training.json", new byte[3]).write(folder);
    assertTrue(models.multiLayerNetwork(file).numParams() > 0);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotLookUpAClassThatIsNotAllowed(ClassNamePlace place) throws IOException {
    String graph = TestNetworks.graph().getConfiguration().toJson();
    for (String name : ClassNamePlace.NAMES) {
      ModelZip model = ModelZip.multiLayer();
      String json = place.in(model.configuration(), name);
      Path file = model.configuration(text -> json).write(folder);
      FreshClasses.run(
          () -> {
            assertThrows(ModelRefusedException.class, () -> models.multiLayerNetwork(file));
            assertThrows(ModelRefusedException.class, () -> models.multiLayerFromJson(json));
            assertThrows(
                ModelRefusedException.class, () -> models.graphFromJson(place.in(graph, name)));
          });
      assertFalse(SideEffects.ran("static initialiser"), name);
    }
  }

  @Test
  void shouldRefuseWhatOldVersionsWrote() throws IOException {
    String json = ModelZip.multiLayer().configuration();
    for (String old : List.of("\"dist\" : null", "\"updater\" : \"ADAM\"")) {
      String changed = json.replaceFirst("\"biasUpdater\" : null", old);
      assertFalse(changed.equals(json), json);
      assertRefused(
          ModelRefusedException.class,
          () -> models.multiLayerFromJson(changed),
          "before 1.0.0-beta4");
    }
  }

  @Test
  void shouldNameFilePlaceAndClassAndSayWhatToDo() throws IOException {
    Path file = own().write(folder);
    Exception refused =
        assertThrows(ModelRefusedException.class, () -> models.multiLayerNetwork(file));
    assertFalse(SideEffects.ran("constructor"));
    assertTrue(refused.getMessage().startsWith(file + ": at /confs/2/layer/activationFn/@class"));
    assertSays(refused.getMessage(), "got " + OWN + ".", "SafeModels.allowing");
  }

  @Test
  void shouldLoadAClassThatIsAllowedByTheCaller() throws IOException {
    Path file = own().write(folder);
    models.allowing(org.dl4jsnn.model.hostile.Activation.class).multiLayerNetwork(file);
    assertTrue(SideEffects.ran("constructor"));
    models.allowingPackage("org.dl4jsnn.model.hostile").multiLayerNetwork(file);
    assertThrows(
        ModelRefusedException.class,
        () -> models.allowingPackage("org.dl4jsnn.model").multiLayerNetwork(file));
    assertThrows(ModelRefusedException.class, () -> models.multiLayerNetwork(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "com.x.", ".com.x", "com.x.*", "com/x", " com.x"})
  void shouldRefuseInvalidPackageNames(String name) {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> models.allowingPackage(name));
    assertTrue(
        refused.getMessage().startsWith("name must be that of a package")
            && refused.getMessage().endsWith("got \"" + name + "\""),
        refused.getMessage());
  }

  private static ModelZip own() throws IOException {
    return ModelZip.multiLayer().configuration(json -> json.replace(IDENTITY, OWN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.deeplearning4j.earlystopping.saver.LocalFileModelSaver",
        "org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer",
        "org.deeplearning4j.nn.modelimport.keras.layers.TFOpLayer",
        "org.nd4j.linalg.activations.implement.Foo",
        "org.nd4j.linalg.activations.impl",
        "[Lorg.nd4j.linalg.activations.impl.ActivationIdentity;",
        "org.dl4jsnn.train.ModelFile",
        "org.dl4jsnn.examples.Other",
        "java.lang.Runtime",
        "Foo",
        ""
      })
  void shouldNotAllow(String name) {
    assertFalse(AllowedClasses.defaults().allows(name));
  }

  @Test
  void shouldReadConfigurationsOfBothKinds() throws IOException {
    var layers = TestNetworks.multiLayer().getLayerWiseConfigurations();
    assertEquals(layers, models.multiLayerFromJson(layers.toJson()));
    var graph = TestNetworks.graph().getConfiguration();
    assertEquals(graph, models.graphFromJson(graph.toJson()));
  }

  @Test
  void shouldReadWhatDeeplearning4jsOwnLayersHold() throws IOException {
    String json = deeplearning4jsOwn().toJson();
    assertEquals(
        MultiLayerConfiguration.fromJson(json).toJson(), models.multiLayerFromJson(json).toJson());
  }

  @Test
  void shouldLoadNetworksOfDeeplearning4jsOwnLayers() throws IOException {
    MultiLayerNetwork layers = Networks.of(deeplearning4jsOwn());
    Path file = ModelZip.of(layers).write(folder);
    assertSameState(layers, models.multiLayerNetwork(file));
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .updater(new AMSGrad(0.1))
                .biasUpdater(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .addVertex(
                    "attention",
                    new AttentionVertex.Builder()
                        .nInQueries(4)
                        .nInKeys(4)
                        .nInValues(4)
                        .nHeads(1)
                        .headSize(4)
                        .nOut(4)
                        .projectInput(true)
                        .build(),
                    "in",
                    "in",
                    "in")
                .addLayer("last", new LastTimeStep(new LSTM.Builder().nOut(3).build()), "in")
                .addLayer(
                    "code",
                    new VariationalAutoencoder.Builder()
                        .encoderLayerSizes(4)
                        .decoderLayerSizes(3)
                        .nOut(2)
                        .build(),
                    "last")
                .addLayer("out", new CenterLossOutputLayer.Builder().nOut(2).build(), "code")
                .setOutputs("out", "attention")
                .setInputTypes(InputType.recurrent(4, 5)));
    file = ModelZip.of(graph).write(folder);
    assertSameState(graph, models.computationGraph(file));
  }

  /** The name of a field of old layers. */
  @Test
  void shouldLoadAGraphWithAVertexOfThatName() throws IOException {
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("dist", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                .addLayer("out", new OutputLayer.Builder().nIn(4).nOut(2).build(), "dist")
                .setOutputs("out"));
    Path file = ModelZip.of(graph).write(folder);
    assertSameBits(graph.params(), models.computationGraph(file).params());
  }

  private static MultiLayerConfiguration deeplearning4jsOwn() {
    return new NeuralNetConfiguration.Builder()
        .updater(new Nesterovs(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 3)))
        .regularization(List.of(new WeightDecay(1e-4, true), new L1Regularization(1e-5)))
        .constrainWeights(new MaxNormConstraint(2, 1))
        .weightNoise(new DropConnect(0.9))
        .dropOut(new GaussianNoise(0.1))
        .weightInit(new TruncatedNormalDistribution(0, 1))
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.SELU).build())
        .layer(new BatchNormalization())
        .layer(new SubsamplingLayer.Builder(2, 2).build())
        .layer(new FrozenLayer(new DenseLayer.Builder().nOut(5).build()))
        .layer(new Bidirectional(new LSTM.Builder().nOut(3).build()))
        .layer(
            new RnnOutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(1f, 2f)))
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build())
        .inputPreProcessor(4, new FeedForwardToRnnPreProcessor())
        .setInputType(InputType.convolutional(8, 8, 1))
        .build();
  }

  @Test
  void shouldKeepWhatIsNotAscii() throws IOException {
    var layers = TestNetworks.multiLayer().getLayerWiseConfigurations();
    layers.getConf(1).getLayer().setLayerName("Schicht „ä“ 𝕏");
    assertEquals(layers, models.multiLayerFromJson(layers.toJson()));
  }

  @Test
  void shouldNameTheOtherKindOfNetwork() throws IOException {
    Path graph = ModelZip.of(TestNetworks.graph()).write(folder);
    Exception refused =
        assertThrows(ModelRefusedException.class, () -> models.multiLayerNetwork(graph));
    assertTrue(refused.getMessage().contains("ComputationGraph"), refused.getMessage());
    Path layers = ModelZip.multiLayer().write(folder);
    refused = assertThrows(ModelRefusedException.class, () -> models.computationGraph(layers));
    assertTrue(refused.getMessage().contains("MultiLayerNetwork"), refused.getMessage());
  }
}
