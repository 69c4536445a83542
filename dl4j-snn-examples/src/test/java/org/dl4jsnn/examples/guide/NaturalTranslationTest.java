package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.slf4j.LoggerFactory;

/**
 * A convolutional network with each layer replaced by a spiking one, and nothing else changed: it
 * stalls. The user is told before the first minibatch, and the cure that is named there helps.
 */
@Tag("slow")
class NaturalTranslationTest {

  /** 160 minibatches of 20: layers saturate by the 130th, and a listener looks at the 150th. */
  private static final int DIGITS = 1600;

  @Test
  void shouldWarnBeforeTheFirstMinibatchAndNameTheCure() {
    List<String> warnings = warnings("org.dl4jsnn.gradient", () -> translated());
    assertTrue(warnings.size() == 1, warnings.toString());
    for (String part :
        List.of(
            "Cross entropy",
            ".normalization(new CurrentNormalization())",
            ".reset(Reset.bySubtraction())")) {
      assertTrue(warnings.get(0).contains(part), warnings.get(0));
    }
    warnings = warnings("org.dl4jsnn.gradient", () -> TrainedConversionTest.spiking(1));
    assertTrue(warnings.isEmpty(), warnings.toString());
  }

  @Test
  void shouldHaveBothListenersNoticeTheRates() {
    MultiLayerNetwork network = new MultiLayerNetwork(translated());
    network.init();
    network.setListeners(
        new FiringRateListener(),
        new SpikeHealthListener.Builder().samples(0).reportTo(report -> {}).build());
    List<String> warnings =
        warnings("org.dl4jsnn", () -> network.fit(EmbeddedDigits.training(DIGITS, 20), 2));
    for (String layer : List.of("conv2", "dense")) {
      List<String> said =
          warnings.stream()
              .filter(warning -> warning.startsWith("Layer '" + layer + "' is saturated"))
              .toList();
      assertTrue(said.size() == 2, layer + ": " + warnings);
      assertTrue(said.get(0).contains("cross entropy"), said.get(0));
      assertTrue(said.get(0).contains(".reset(Reset.bySubtraction())"), said.get(0));
    }
    // Layers say so by themselves, too, if there is no listener or the rule was set in another way.
    assertTrue(
        warnings.stream()
            .anyMatch(warning -> warning.startsWith("layer 'dense' (SpikingDense): mean firing")),
        warnings.toString());
  }

  @Test
  void shouldLearnOnceCured() {
    MultiLayerNetwork network = TrainedConversionTest.watched(1);
    double accuracy = 0;
    for (int epoch = 0; epoch < 2 && (Cases.all() || accuracy < 0.9); epoch++) {
      List<String> warnings =
          warnings("org.dl4jsnn", () -> network.fit(EmbeddedDigits.training(DIGITS, 12)));
      assertTrue(warnings.isEmpty(), warnings.toString());
      accuracy = network.evaluate(EmbeddedDigits.test(500, 100)).accuracy();
    }
    assertTrue(accuracy >= 0.9, "accuracy " + accuracy);
  }

  private static MultiLayerConfiguration translated() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.direct(10).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(12).name("conv1").build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(24).name("conv2").build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingDense.Builder().nOut(100).name("dense").build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  private static List<String> warnings(String name, Runnable what) {
    Logger logger = (Logger) LoggerFactory.getLogger(name);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      what.run();
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
