package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What delays and dropouts have in common, and what is asked of both. */
class PassingLayersTest {

  static final int STEPS = 5;

  private static final InputType IMAGE = InputType.convolutional(4, 5, 3);

  static MultiLayerConfiguration configuration(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(SpikeEncoding.poisson(STEPS).build()));
    all.addAll(List.of(layers));
    all.add(Networks.readOut(3));
    return Networks.list(Networks.seeded(1), IMAGE, all.toArray(Layer[]::new)).build();
  }

  static MultiLayerNetwork network(Layer... layers) {
    return Networks.of(configuration(layers));
  }

  static Stream<PassingLayer> layers() {
    return Stream.of(
        SpikingDelayTest.delay(2),
        SpikingDelayTest.delay(1, 0, 4),
        SpikingDropoutTest.dropout(0.25),
        new SpikeAccumulation.Builder().name("window").build());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldSurviveJsonYamlAndCloning(PassingLayer layer) {
    MultiLayerConfiguration configuration =
        configuration(layer, new SpikingDense.Builder().nOut(6).build());
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertEquals(configuration, restored);
    assertEquals(layer.settings(), ((PassingLayer) restored.getConf(1).getLayer()).settings());
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
    assertEquals(configuration, configuration.clone());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldKeepShapesWithoutPreprocessorsOrParameters(PassingLayer layer) {
    for (InputType type : List.of(IMAGE, InputType.feedForward(3))) {
      assertEquals(type, layer.getOutputType(1, type));
      assertNull(layer.getPreProcessorForInputType(type));
      LayerMemoryReport report = layer.getMemoryReport(type);
      assertEquals(0, report.getWorkingMemoryVariableInference());
      assertEquals(
          type.arrayElementsPerExample(),
          report.getWorkingMemoryVariableTrain().get(CacheMode.NONE));
    }
    assertEquals(0, network(layer).getLayer(1).numParams());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldRefuseTheNetworksInputAndOtherTypes(PassingLayer layer) {
    assertRefused(
        () -> layer.getPreProcessorForInputType(InputType.convolutionalFlat(4, 5, 3)),
        layer.name() + " must come after SpikeEncoding");
    assertRefused(
        () -> layer.getOutputType(1, InputType.recurrent(3)),
        layer.name() + ": input must have the axes");
  }
}
