package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks made by Deeplearning4j's Keras import; convert/README.md says where they come from. */
class KerasModelsTest {

  private static final int STEPS = 2000;

  private static InputStream resource(String name) {
    return KerasModelsTest.class.getResourceAsStream("/convert/" + name);
  }

  private static void assertNear(INDArray expected, INDArray answer) {
    double difference = expected.sub(answer).amaxNumber().doubleValue();
    assertTrue(difference < 0.02, "answers differ by " + difference);
  }

  @Test
  void shouldConvertASequentialModel() throws IOException {
    MultiLayerNetwork trained =
        ModelSerializer.restoreMultiLayerNetwork(resource("keras-sequential.zip"), false);
    INDArray images = Trained.images(6, 12, 10, 3);
    MultiLayerNetwork spiking = Trained.converted(trained, images, STEPS);
    assertNear(trained.output(images), spiking.output(images));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras-functional.zip", "keras-plain.zip"})
  void shouldConvertAFunctionalModelWithAResidualBlock(String file) throws IOException {
    ComputationGraph trained = ModelSerializer.restoreComputationGraph(resource(file), false);
    INDArray images = Trained.images(6, 8, 8, 3);
    ComputationGraph spiking =
        SpikingConversion.of(trained)
            .calibrate(Trained.data(images))
            .scales(Scales.maximum())
            .steps(STEPS)
            .convert()
            .network();
    assertNear(trained.outputSingle(images), spiking.outputSingle(images));
  }
}
