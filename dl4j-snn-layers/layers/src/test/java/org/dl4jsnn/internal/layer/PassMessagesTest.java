package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** What a pass says about features, weights and neurons, and what it keeps of the cause. */
class PassMessagesTest {

  private static final INDArray LABELS = Nd4j.rand(8, 2);

  public record Broken() implements NeuronDynamics {

    @Override
    public List<StateVariable> variables() {
      return List.of(new StateVariable(StateVariable.MEMBRANE, 0));
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      excess[neurons.count()] = 1;
    }

    @Override
    public void reset(Neurons neurons) {
      // Nothing to reset.
    }
  }

  /** Any rule that does not need the membrane. */
  public record NoGradient() implements BackpropRule {

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return pass.propagate(rateGradient.mul(0));
    }
  }

  @Test
  void shouldKeepTheCauseOfWhatTheyRefuse() {
    MultiLayerNetwork network = network(SpikeEncoding.direct(4), dense());
    INDArray features = Nd4j.rand(8, 10);
    features.putScalar(3, Double.NaN);
    Exception refused =
        assertThrows(DL4JInvalidInputException.class, () -> network.output(features));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    network.getLayer(1).getParam("W").putScalar(0, Double.NaN);
    refused = assertThrows(DL4JInvalidInputException.class, () -> network.output(Nd4j.rand(8, 10)));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    assertTrue(refused.getMessage().contains("a learning rate too high"), refused.getMessage());
  }

  @Test
  void shouldCallAFaultOfACustomNeuronWhatItIs() {
    MultiLayerNetwork network =
        network(
            SpikeEncoding.direct(4),
            new SpikingDense.Builder().nOut(5).neuron(new Broken()).backprop(new NoGradient()));
    Exception failure =
        assertThrows(IllegalStateException.class, () -> network.output(Nd4j.rand(8, 10)));
    assertTrue(
        failure
            .getMessage()
            .startsWith("layer 'layer1' (SpikingDense): the neuron Broken[] failed"),
        failure.getMessage());
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertInstanceOf(ArrayIndexOutOfBoundsException.class, root);
  }

  /** Encodes one sample whatever the minibatch. */
  public record OneOnly() implements SpikeEncoder {

    @Override
    public FeatureShape shapeFor(InputType features) {
      return FeatureShapes.of(features);
    }

    @Override
    public SpikeTrain encode(INDArray features, NoiseKey noise) {
      return SpikeEncoder.direct(4, 1).encode(features.getRow(0, true), noise);
    }

    @Override
    public SpikeEncoder withSteps(int steps) {
      return this;
    }

    @Override
    public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
      featureGradient.assign(rateGradient);
    }
  }

  public record Forgetful(boolean propagates) implements BackpropRule {

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      if (propagates) {
        pass.propagate(rateGradient.getRow(0, true));
      }
      return null;
    }
  }

  @Test
  void shouldCallAFaultOfACustomEncoderOrRuleWhatItIs() {
    MultiLayerNetwork encoded = network(SpikeEncoding.by(new OneOnly()), dense());
    assertFault(() -> encoded.output(Nd4j.rand(8, 10)), "the encoder OneOnly[]", "8, got 1");
    for (boolean propagates : new boolean[] {false, true}) {
      MultiLayerNetwork network =
          network(SpikeEncoding.direct(4), dense().backprop(new Forgetful(propagates)));
      assertFault(
          () -> network.fit(Nd4j.rand(8, 10), LABELS),
          "the gradient rule Forgetful[propagates=" + propagates + "] must",
          propagates ? "[8, 5], got [1, 5]" : "[8, 10], got null");
    }
  }

  /** An encoder and a rule that read beyond an array. */
  public record OutOfBounds() implements SpikeEncoder, BackpropRule {

    @Override
    public FeatureShape shapeFor(InputType features) {
      return FeatureShapes.of(features);
    }

    @Override
    public SpikeTrain encode(INDArray features, NoiseKey noise) {
      throw new ArrayIndexOutOfBoundsException(7);
    }

    @Override
    public SpikeEncoder withSteps(int steps) {
      return this;
    }

    @Override
    public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
      throw new ArrayIndexOutOfBoundsException(7);
    }

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      throw new ArrayIndexOutOfBoundsException(7);
    }
  }

  @Test
  void shouldCallAnExceptionOfACustomEncoderOrRuleWhatItIs() {
    MultiLayerNetwork encoded = network(SpikeEncoding.by(new OutOfBounds()), dense());
    assertFault(
        () -> encoded.output(Nd4j.rand(8, 10)),
        "layer 'layer0' (SpikeEncoding): the encoder OutOfBounds[] failed: ");
    MultiLayerNetwork ruled = network(SpikeEncoding.direct(4), dense().backprop(new OutOfBounds()));
    assertFault(
        () -> ruled.fit(Nd4j.rand(8, 10), LABELS),
        "layer 'layer1' (SpikingDense): the gradient rule OutOfBounds[] failed: ");
  }

  private static void assertFault(Executable call, String... parts) {
    assertRefused(IllegalStateException.class, call, parts);
  }

  @Test
  void shouldWarnOncePerTrainingOfPixelsThatAreNotScaled() {
    INDArray pixels = Nd4j.rand(8, 10).muli(255);
    for (SpikeEncoding.Builder encoding :
        List.of(SpikeEncoding.poisson(4), SpikeEncoding.direct(4))) {
      MultiLayerNetwork network = network(encoding, dense());
      try (LogOf log = new LogOf(SpikeEncodingLayer.class)) {
        network.output(pixels);
        assertEquals(List.of(), log.messages(Level.WARN));
        network.fit(pixels, LABELS);
        network.fit(pixels, LABELS);
        assertEquals(1, log.messages(Level.WARN).size());
        String warning = log.messages(Level.WARN).get(0);
        assertTrue(warning.startsWith("layer 'layer0' (SpikeEncoding): gain · |feature|"), warning);
        assertSays(warning, "pixels of 0 to 255", "ImagePreProcessingScaler(0, 1)");
      }
    }
  }

  @Test
  void shouldNotWarnOfFeaturesOfAnOrdinarySize() {
    for (INDArray features :
        List.of(
            Nd4j.rand(8, 10),
            Nd4j.randn(8, 10),
            Nd4j.rand(8, 10).gt(0.5).castTo(DataType.FLOAT),
            Nd4j.zeros(8, 10))) {
      for (SpikeEncoding.Builder encoding :
          List.of(SpikeEncoding.poisson(4), SpikeEncoding.direct(4))) {
        try (LogOf log = new LogOf(SpikeEncodingLayer.class)) {
          network(encoding, dense()).fit(features, LABELS);
          assertEquals(List.of(), log.messages(Level.WARN));
        }
      }
    }
  }

  @Test
  void shouldWarnOnceOfOneStepGivenToANetworkOfTen() {
    MultiLayerNetwork network = overFrames(InputType.recurrent(10, 10));
    try (LogOf log = new LogOf(SpikeEncodingLayer.class)) {
      network.output(Nd4j.rand(8, 10, 10));
      network.output(Nd4j.rand(8, 10, 2));
      network.rnnTimeStep(Nd4j.rand(8, 10, 1));
      assertEquals(List.of(), log.messages(Level.WARN));
      network.output(Nd4j.rand(8, 10, 1));
      network.output(Nd4j.rand(8, 10, 1));
      assertEquals(1, log.messages(Level.WARN).size());
      String warning = log.messages(Level.WARN).get(0);
      assertTrue(
          warning.startsWith(
              "layer 'layer0' (SpikeEncoding): features have one time step, and the network was"
                  + " built for 10. "),
          warning);
      assertTrue(warning.contains("call rnnTimeStep"), warning);
      // Without T in the type, or with a T of one, nothing is wrong.
      overFrames(InputType.recurrent(10)).output(Nd4j.rand(8, 10, 1));
      overFrames(InputType.recurrent(10, 1)).output(Nd4j.rand(8, 10, 1));
      assertEquals(1, log.messages(Level.WARN).size());
    }
  }

  private static MultiLayerNetwork overFrames(InputType type) {
    return Networks.of(Networks.seeded(1), type, SpikeEncoding.frames().build(), dense().build());
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 24) + 1, Integer.MAX_VALUE})
  void shouldRefuseMoreStepsThanCanBeCounted(int steps) {
    for (Runnable builder :
        List.<Runnable>of(
            () -> SpikeEncoding.poisson(steps).build(),
            () -> SpikeEncoding.direct(steps).build())) {
      assertMessage(
          "steps must be at most 16777216, beyond which single precision does not count spikes"
              + " exactly, got "
              + steps,
          builder::run);
    }
  }

  @Test
  void shouldRefuseAWindowThatDoesNotFitAndSayWhatItTakes() {
    MultiLayerNetwork direct =
        network(SpikeEncoding.direct(1 << 24), new SpikingDense.Builder().nOut(50_000));
    assertDoesNotFit(direct, Nd4j.rand(8, 10));
    MultiLayerNetwork poisson = network(SpikeEncoding.poisson(1 << 24), dense());
    assertDoesNotFit(poisson, Nd4j.ones(64, 10));
    assertEquals(2, network(SpikeEncoding.poisson(4), dense()).output(Nd4j.ones(64, 10)).size(1));
  }

  private static void assertDoesNotFit(MultiLayerNetwork network, INDArray features) {
    assertRefused(
        DL4JInvalidInputException.class,
        () -> network.output(features),
        "steps must be few enough for memory, got 16777216",
        "MB",
        "-Xmx");
  }

  @Test
  void shouldWarnOfAnEpsilonThatIsZeroInHalfPrecision() {
    try (LogOf log = new LogOf("org.dl4jsnn.conf.SettingsCheck")) {
      SpikingDense.Builder dense = dense().backprop(new NoGradient());
      network(SpikeEncoding.direct(4), dense);
      network(SpikeEncoding.direct(4), dense, DataType.FLOAT16, new Adam(1e-2, 0.9, 0.999, 1e-3));
      assertEquals(List.of(), log.messages(Level.WARN));
      network(SpikeEncoding.direct(4), dense, DataType.FLOAT16, new Adam());
      assertEquals(1, log.messages(Level.WARN).size());
      assertTrue(
          log.messages(Level.WARN).get(0).contains("new Adam(1e-3, 0.9, 0.999, 1e-3)"),
          log.messages(Level.WARN).get(0));
    }
  }

  private static SpikingDense.Builder dense() {
    return new SpikingDense.Builder().nOut(5).threshold(0.5);
  }

  private static MultiLayerNetwork network(
      SpikeEncoding.Builder encoding, SpikingDense.Builder dense) {
    return network(encoding, dense, DataType.FLOAT, new Adam());
  }

  private static MultiLayerNetwork network(
      SpikeEncoding.Builder encoding, SpikingDense.Builder dense, DataType type, Adam updater) {
    return Networks.of(
        Networks.seeded(1).dataType(type).updater(updater),
        InputType.feedForward(10),
        encoding.build(),
        dense.build(),
        Networks.readOut(2));
  }
}
