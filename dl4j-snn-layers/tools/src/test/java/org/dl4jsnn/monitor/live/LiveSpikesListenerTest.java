package org.dl4jsnn.monitor.live;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class LiveSpikesListenerTest {

  private static final int STEPS = 6;
  private static final int CLASS = 2;

  private final List<LiveSpikes> seen = new ArrayList<>();

  private static MultiLayerNetwork network() {
    return Networks.of(
        Networks.seeded(3).updater(new Adam(0.05)),
        InputType.convolutional(6, 5, 2),
        SpikeEncoding.poisson(STEPS).name("encoding").build(),
        new SpikingConvolution2D.Builder(3, 3).name("conv").nOut(4).threshold(0.3).build(),
        new SpikingDense.Builder().name("dense").nOut(8).threshold(0.3).build(),
        Networks.softmax(3));
  }

  private static DataSet minibatch(int number) {
    INDArray labels = Nd4j.zeros(4, 3);
    labels.getColumn(CLASS).assign(1);
    // A seed of 0 would be a new one every time.
    return new DataSet(Nd4j.rand(number + 1L, new long[] {4, 2, 6, 5}), labels);
  }

  private LiveSpikesListener.Builder atOnce() {
    return new LiveSpikesListener.Builder(seen::add).interval(1).workOn(Runnable::run);
  }

  @Test
  void shouldShowWhatThePassOfInferenceDoes() {
    MultiLayerNetwork network = network();
    network.setListeners(atOnce().build());
    DataSet first = minibatch(1);
    network.fit(first);
    LiveSpikes live = seen.get(0);
    assertEquals(1, live.iteration());
    assertEquals(OptionalInt.of(CLASS), live.label());
    assertEquals(
        List.of("encoding", "conv", "dense"),
        live.layers().stream().map(LiveSpikes.Layer::name).toList());

    INDArray sample = first.getFeatures().slice(0).reshape(1, 2, 6, 5);
    RecordedTrains trains = RecordedTrains.of(network, sample);
    for (int i = 0; i < live.layers().size(); i++) {
      LiveSpikes.Layer layer = live.layers().get(i);
      assertEquals(
          LiveSpikes.Layer.of(layer.name(), trains.all().get(i).train(), 100, 32),
          layer,
          layer.name());
      assertEquals(STEPS, layer.steps());
      assertEquals(
          layer.spikes(), layer.rows().stream().mapToInt(row -> row.spikes().cardinality()).sum());
    }
    LiveSpikes.Layer.Maps maps = live.layers().get(1).maps().orElseThrow();
    assertEquals(4, maps.channels());
    INDArray rates = network.feedForward(sample, false).get(2);
    assertEquals(6, maps.height());
    assertEquals(5, maps.width());
    for (int i = 0; i < rates.length(); i++) {
      double shown = maps.rates().get(i / 30).get(i % 30);
      assertEquals(rates.getDouble(0, i / 30, i % 30 / 5, i % 5), shown, 1e-6);
    }
    double spikes =
        STEPS * maps.rates().stream().flatMap(List::stream).mapToDouble(Float::doubleValue).sum();
    assertEquals(live.layers().get(1).spikes(), spikes, 1e-3);
    assertTrue(live.layers().get(2).maps().isEmpty());

    OutputOverTime outputs = OutputOverTime.of(network, sample);
    LiveSpikes.Decision decision = live.decision().orElseThrow();
    assertEquals(outputs.classes(STEPS)[0], decision.answer());
    assertEquals(outputs.settled()[0], decision.settled());
    assertEquals(3, decision.classes().size());
    assertEquals(
        outputs.after(2).getDouble(0, 1), decision.classes().get(1).outputs().get(1), 1e-6);
  }

  @Test
  void shouldAlwaysShowTheSameSample() {
    MultiLayerNetwork network = network();
    network.setListeners(atOnce().interval(2).build());
    for (int i = 0; i < 5; i++) {
      network.fit(minibatch(i));
    }
    assertEquals(List.of(1, 3, 5), seen.stream().map(LiveSpikes::iteration).toList());
    // The encoding's noise is fixed by the network's seed.
    assertEquals(seen.get(0).layers().get(0), seen.get(2).layers().get(0));
  }

  @Test
  void shouldLearnTheSameWhoeverWatches() throws Exception {
    MultiLayerNetwork alone = network();
    MultiLayerNetwork watched = network();
    CountDownLatch shown = new CountDownLatch(1);
    watched.setListeners(
        new LiveSpikesListener.Builder(live -> shown.countDown()).interval(1).build());
    for (int i = 0; i < 6; i++) {
      alone.fit(minibatch(i));
      watched.fit(minibatch(i));
    }
    assertTrue(shown.await(60, TimeUnit.SECONDS));
    assertSameBits(alone.params(), watched.params());
    assertSameBits(alone.updaterState(), watched.updaterState());
    assertEquals(alone.score(), watched.score());
  }

  @Test
  void shouldNotHoldUpATrainingThatIsFasterThanItsImages() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch last = new CountDownLatch(2);
    Consumer<LiveSpikes> slow =
        live -> {
          seen.add(live);
          begun.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          last.countDown();
        };
    MultiLayerNetwork network = network();
    network.setListeners(new LiveSpikesListener.Builder(slow).interval(1).build());
    network.fit(minibatch(0));
    assertTrue(begun.await(60, TimeUnit.SECONDS));
    for (int i = 1; i < 5; i++) {
      network.fit(minibatch(i));
    }
    goOn.countDown();
    assertTrue(last.await(60, TimeUnit.SECONDS));
    assertEquals(List.of(1, 5), seen.stream().map(LiveSpikes::iteration).toList());
  }

  @Test
  void shouldSayOnceThatItCannotShowAndGoOn() {
    try (LogOf log = new LogOf(LiveSpikesListener.class)) {
      MultiLayerNetwork network = network();
      network.setListeners(
          new LiveSpikesListener.Builder(
                  live -> {
                    throw new IllegalStateException("no place");
                  })
              .interval(1)
              .workOn(Runnable::run)
              .build());
      network.fit(minibatch(0));
      network.fit(minibatch(1));
      assertEquals(2, network.getIterationCount());
      assertEquals(1, log.messages(Level.WARN).size());
      assertTrue(
          log.messages(Level.WARN).get(0).contains("no place"), log.messages(Level.WARN)::toString);
    }
  }

  @Test
  void shouldShowASampleOfYourChoice() {
    INDArray sample = Nd4j.ones(1, 2, 6, 5);
    MultiLayerNetwork network = network();
    network.setListeners(
        atOnce().sample(sample).ofClass(1).rows(2).channels(1).build(),
        new LiveSpikesListener.Builder(seen::add).workOn(Runnable::run).sample(sample).build());
    network.fit(minibatch(0));
    assertEquals(OptionalInt.of(1), seen.get(0).label());
    assertEquals(OptionalInt.empty(), seen.get(1).label());
    assertEquals(2, seen.get(0).layers().get(0).rows().size());
    assertEquals(1, seen.get(0).layers().get(1).maps().orElseThrow().rates().size());
    assertRefused(
        "sample must be a minibatch of 1, got one of 2", () -> atOnce().sample(Nd4j.ones(2, 3)));
    assertRefused("class must be", () -> atOnce().sample(sample).ofClass(-1));
    assertRefused("interval must be", () -> atOnce().interval(0));
  }

  @Test
  void shouldRefuseAnIndexInPlaceOfAClass() {
    INDArray sample = Nd4j.ones(1, 2, 6, 5);
    MultiLayerNetwork network = network();
    network.setListeners(atOnce().sample(sample).ofClass(116).build());
    assertRefused(
        "got 116. Possible cause: it is the sample's index", () -> network.fit(minibatch(0)));
    assertEquals(List.of(), seen);
    assertMessage(
        IllegalStateException.class,
        "the class is that of a sample: call sample(…) first",
        () -> atOnce().ofClass(1));
  }

  @Test
  void shouldServeGraphs() {
    ComputationGraph graph = network().toComputationGraph();
    graph.setListeners(atOnce().build());
    graph.fit(minibatch(0));
    assertEquals(3, seen.get(0).layers().size());
    assertEquals(OptionalInt.of(CLASS), seen.get(0).label());
    assertTrue(seen.get(0).decision().isPresent());
    graph.fit(minibatch(1));
  }

  @Test
  void shouldShowSpikesWhereThereIsNoDecision() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(3),
            InputType.feedForward(5),
            SpikeEncoding.direct(STEPS).build(),
            new SpikingDense.Builder().name("dense").nOut(4).build(),
            new DenseLayer.Builder().nOut(4).build(),
            Networks.softmax(3));
    assertFalse(OutputOverTime.isOf(network));
    network.setListeners(atOnce().build());
    network.fit(Nd4j.rand(2, 5), minibatch(0).getLabels().getRows(0, 1));
    assertTrue(seen.get(0).decision().isEmpty());
    assertEquals(2, seen.get(0).layers().size());
  }

  @Test
  void shouldRefuseANetworkWithoutSpikes() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder(), InputType.feedForward(5), Networks.softmax(3));
    network.setListeners(atOnce().build());
    assertRefused(
        "network must have a layer that passes spikes on",
        () -> network.fit(Nd4j.rand(2, 5), minibatch(0).getLabels().getRows(0, 1)));
  }

  @Test
  void shouldRefuseMapsOfAnotherSize() {
    assertRefused(
        "a map must have 2 x 3 rates, got 1",
        () -> new LiveSpikes.Layer.Maps(2, 3, 1, List.of(List.of(0f))));
  }
}
