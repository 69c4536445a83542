package org.dl4jsnn.monitor;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Networks seen step by step: recorded trains, answers over time, operations, other windows. */
class OverTimeTest {

  private static final int STEPS = 9;
  private static final int SAMPLES = 4;

  private final INDArray features = Nd4j.rand(7L, new long[] {SAMPLES, 2, 6, 6});

  private static MultiLayerNetwork network(SpikeEncoding.Builder encoding) {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(0.01))
            .list()
            .layer(encoding.name("encoding").build())
            .layer(new SpikingConvolution2D.Builder(3, 3).name("conv").nOut(5).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("pool").build())
            .layer(new SpikingDense.Builder().name("dense").nOut(12).threshold(0.5).build())
            .layer(Networks.softmax(3))
            .setInputType(InputType.convolutional(6, 6, 2))
            .build());
  }

  /** Two classes, as Deeplearning4j's Evaluation decides. */
  @Test
  void shouldDecideBetweenTwoClassesByASingleOutput() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(SpikeEncoding.poisson(STEPS).build())
                .layer(new SpikingDense.Builder().nOut(12).threshold(0.5).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    OutputOverTime answers = OutputOverTime.of(network, features);
    INDArray last = answers.after(STEPS);
    int[] expected = new int[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      expected[sample] = last.getDouble(sample, 0) > 0.5 ? 1 : 0;
    }
    assertArrayEquals(expected, answers.classes(STEPS));
    network.getLayer(2).getParam("b").assign(100);
    answers = OutputOverTime.of(network, features);
    assertArrayEquals(new int[] {1, 1, 1, 1}, answers.classes(STEPS));
    assertArrayEquals(new int[] {1, 1, 1, 1}, answers.settled());
  }

  @Test
  void shouldRecordWhatTheLayersPassOn() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    List<RecordedTrains.Recorded> trains = RecordedTrains.of(network, features).all();
    assertEquals(
        List.of("encoding", "conv", "pool", "dense"),
        trains.stream().map(RecordedTrains.Recorded::layer).toList());
    List<INDArray> activations = network.feedForward(features, false);
    for (RecordedTrains.Recorded recorded : trains) {
      if (!recorded.layer().equals("pool")) { // whose activation is the maximum of rates
        INDArray rates = activations.get(recorded.index() + 1);
        float[] totals = recorded.train().totals();
        float[] expected = rates.mul(STEPS).dup('c').reshape(totals.length).toFloatVector();
        assertArrayEquals(expected, totals, 1e-5f, recorded.layer());
      }
    }
  }

  @Test
  void shouldEndWithTheOutputOfTheNetwork() {
    for (SpikeEncoding.Builder encoding :
        List.of(SpikeEncoding.poisson(STEPS), SpikeEncoding.direct(STEPS))) {
      MultiLayerNetwork network = network(encoding);
      OutputOverTime outputs = OutputOverTime.of(network, features);
      assertEquals(STEPS, outputs.steps());
      assertSameBits(network.output(features), outputs.after(STEPS));
      RecordedTrains trains = RecordedTrains.of(network, features);
      assertEquals(outputs.after(STEPS), OutputOverTime.of(network, trains).after(STEPS));
    }
  }

  /** Such as of the ready networks' .dropout(retain); it does nothing in inference. */
  @Test
  void shouldAnswerThroughADropoutLayer() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(SpikeEncoding.direct(STEPS).build())
                .layer(new SpikingDense.Builder().nOut(12).threshold(0.5).build())
                .layer(new SpikingDropout.Builder().retain(0.5).build())
                .layer(Networks.softmax(3))
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    assertTrue(OutputOverTime.isOf(network));
    OutputOverTime outputs = OutputOverTime.of(network, features);
    assertSameBits(network.output(features), outputs.after(STEPS));
    OutputOverTime streamed = new StreamedOutput(network).feed(features);
    assertEquals(outputs.after(2), streamed.after(2));
    assertEquals(outputs.after(STEPS), streamed.after(STEPS));
  }

  @Test
  void shouldAnswerAfterEveryStepAsANetworkWithThatManySteps() {
    MultiLayerNetwork network = network(SpikeEncoding.direct(STEPS));
    OutputOverTime outputs = OutputOverTime.of(network, features);
    for (int steps = 1; steps <= STEPS; steps++) {
      assertSameBits(
          TimeSteps.change(network, steps).output(features),
          outputs.after(steps),
          steps + " steps");
    }
  }

  @Test
  void shouldSayWhenAnswersSettle() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    OutputOverTime outputs = OutputOverTime.of(network, features);
    int[] settled = outputs.settled();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int last = outputs.classes(STEPS)[sample];
      for (int steps = settled[sample]; steps <= STEPS; steps++) {
        assertEquals(last, outputs.classes(steps)[sample]);
      }
      if (settled[sample] > 1) {
        assertTrue(outputs.classes(settled[sample] - 1)[sample] != last);
      }
    }
  }

  @Test
  void shouldCountOneAdditionForEverySpikeAndNeuronThatItReaches() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    List<SynapticOperations.OfLayer> counts = SynapticOperations.count(network, features);
    RecordedTrains trains = RecordedTrains.of(network, features);
    // A pixel reaches up to three rows times three columns of five channels.
    SpikeTrain pixels = trains.before(1);
    double additions = 0;
    for (int position = 0; position < 36; position++) {
      int rows = position / 6 == 0 || position / 6 == 5 ? 2 : 3;
      int columns = position % 6 == 0 || position % 6 == 5 ? 2 : 3;
      additions += 5.0 * rows * columns * events(pixels, position);
    }
    assertEquals("conv", counts.get(0).layer());
    assertEquals(additions / SAMPLES, counts.get(0).additions(), 1e-9);
    assertEquals(2 * 5 * 16 * 16, counts.get(0).multiplyAdds());
    SpikeTrain pooled = trains.before(3);
    double spikes = 0;
    for (float total : pooled.totals()) {
      spikes += total;
    }
    assertEquals(12 * spikes / SAMPLES, counts.get(1).additions(), 1e-9);
    assertEquals(45 * 12, counts.get(1).multiplyAdds());
  }

  @Test
  void shouldNotCountAConstantCurrentAsSpikes() {
    SynapticOperations.OfLayer first =
        SynapticOperations.count(network(SpikeEncoding.direct(STEPS)), features).get(0);
    assertTrue(first.constantInput());
    assertEquals(0, first.additions());
    assertEquals(2 * 5 * 16 * 16, first.multiplyAdds());
  }

  private static int events(SpikeTrain train, int position) {
    SpikeEvents events = new SpikeEvents(train.shape());
    int count = 0;
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          count += events.position(e) == position ? 1 : 0;
        }
      }
    }
    return count;
  }

  @Test
  void shouldKeepEverythingElseOfATrainedNetwork() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    INDArray labels = Nd4j.zeros(SAMPLES, 3);
    labels.getColumn(1).assign(1);
    network.fit(new DataSet(features, labels));
    MultiLayerNetwork longer = TimeSteps.change(network, 2 * STEPS);
    assertSameBits(network.params(), longer.params());
    assertSameBits(network.updaterState(), longer.updaterState());
    assertEquals(network.getIterationCount(), longer.getIterationCount());
    assertSameBits(network.params(), TimeSteps.change(longer, STEPS).params());
    assertSameBits(network.output(features), TimeSteps.change(longer, STEPS).output(features));
  }

  @Test
  void shouldLeaveTheUpdatersStateAlone() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    INDArray labels = Nd4j.zeros(SAMPLES, 3);
    labels.getColumn(1).assign(1);
    network.fit(new DataSet(features, labels));
    INDArray state = network.updaterState().dup();
    OutputOverTime.of(network, features);
    SynapticOperations.count(network, features);
    assertSameBits(state, network.updaterState());
  }

  @Test
  void shouldCountFrozenLayersAndChangeTheirSteps() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(1).build();
    assertEquals(
        SynapticOperations.count(network, features), SynapticOperations.count(frozen, features));
    assertSameBits(
        TimeSteps.change(network, 4).output(features),
        TimeSteps.change(frozen, 4).output(features));
  }

  @Test
  void shouldFlattenImagesBeforeTheReadOut() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.direct(STEPS).build())
                .layer(new SpikingConvolution2D.Builder(3, 3).nOut(4).build())
                .layer(Networks.softmax(3))
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
    assertSameBits(network.output(features), OutputOverTime.of(network, features).after(STEPS));
  }

  @Test
  void shouldExplainWhatItCannotDo() {
    MultiLayerNetwork network = network(SpikeEncoding.poisson(STEPS));
    assertThrows(IllegalArgumentException.class, () -> TimeSteps.change(network, 0));
    MultiLayerConfiguration frames =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(3).build())
            .setInputType(InputType.recurrent(4))
            .build();
    MultiLayerNetwork ofFrames = Networks.of(frames);
    IllegalArgumentException steps =
        assertThrows(IllegalArgumentException.class, () -> TimeSteps.change(ofFrames, 5));
    assertTrue(steps.getMessage().startsWith("steps must not be set on frames"));
    assertRefused("got SpikingDense", () -> OutputOverTime.of(ofFrames, Nd4j.rand(2, 4, 3)));
  }

  @Test
  void shouldAnswerTheSameForFeaturesOfWholeNumbers() {
    MultiLayerNetwork network = network(SpikeEncoding.direct(STEPS));
    INDArray whole = features.gt(0.5).castTo(DataType.INT32);
    INDArray expected = OutputOverTime.of(network, whole.castTo(DataType.FLOAT)).after(STEPS);
    assertEquals(expected, OutputOverTime.of(network, whole).after(STEPS));
    assertTrue(expected.amaxNumber().doubleValue() > 0);
  }
}
