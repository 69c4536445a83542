package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.property.Tries;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Any network of stock layers is refused in words, or its spiking one answers as it does. */
@AddLifecycleHook(Tries.class)
class ConversionPropertiesTest {

  private static final int STEPS = 1024;

  /** Of what the answers of different images differ by. */
  private static final double ROUNDING = 0.05;

  /** Where all images have the same answer. */
  private static final double SMALL = 0.005;

  /** Percent of the plans that must convert, or little is tested. */
  private static final int MANY = 40;

  /** What becomes of a plan. */
  private enum Outcome {
    CONVERTED,
    REFUSED,
    DOES_NOT_RUN
  }

  @Provide
  Arbitrary<StockPlan> plans() {
    return StockPlan.any();
  }

  @Property(tries = 40)
  void shouldAnswerLikeTheTrainedNetworkOrSayWhyNot(@ForAll("plans") StockPlan plan) {
    Statistics.coverage(
        outcomes -> outcomes.check(Outcome.CONVERTED).percentage(share -> share > MANY));
    NeuralNetwork trained = plan.trained();
    INDArray images = plan.images();
    INDArray expected;
    try {
      expected = answer(trained, images);
    } catch (RuntimeException e) {
      // Deeplearning4j's own, for some windows of depthwise and separable convolutions.
      Statistics.collect(Outcome.DOES_NOT_RUN);
      return;
    }
    NeuralNetwork spiking;
    try {
      spiking = converted(trained, images);
    } catch (IllegalArgumentException refusal) {
      Statistics.collect(Outcome.REFUSED);
      String message = refusal.getMessage();
      assertTrue(message.startsWith("network must be of layers that can be converted"), message);
      return;
    }
    Statistics.collect(Outcome.CONVERTED);
    double spread = expected.max(0).sub(expected.min(0)).maxNumber().doubleValue();
    double difference = expected.sub(answer(spiking, images)).amaxNumber().doubleValue();
    assertTrue(
        difference <= ROUNDING * spread + SMALL,
        "answers differ by " + difference + " of " + spread);
  }

  private static NeuralNetwork converted(NeuralNetwork trained, INDArray images) {
    return trained instanceof MultiLayerNetwork row
        ? calibrated(SpikingConversion.of(row), images).convert().network()
        : calibrated(SpikingConversion.of((ComputationGraph) trained), images).convert().network();
  }

  private static <N extends NeuralNetwork> SpikingConversion<N> calibrated(
      SpikingConversion<N> conversion, INDArray images) {
    return conversion.calibrate(Trained.data(images)).scales(Scales.maximum()).steps(STEPS);
  }

  private static INDArray answer(NeuralNetwork network, INDArray images) {
    return network instanceof MultiLayerNetwork row
        ? row.output(images).dup()
        : ((ComputationGraph) network).outputSingle(images).dup();
  }
}
