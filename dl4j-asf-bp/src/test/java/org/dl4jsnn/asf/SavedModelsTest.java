package org.dl4jsnn.asf;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.SavedModels.Answers;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Models that earlier versions saved load, answer as they did, and can be trained further. A folder
 * of {@code saved} is a version: it is never changed once that version is out. {@code
 * -Dsaved.write=VERSION} writes a new one, of fresh networks with the configurations of the others.
 */
class SavedModelsTest {

  private static final double TOLERANCE = 1e-5;

  /** A class of this project that a configuration names. */
  private static final Pattern CLASS =
      Pattern.compile("\"@class\"\\s*:\\s*\"(org\\.dl4jsnn\\.[^\"]+)\"");

  private static List<Path> models() throws IOException {
    return SavedModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldAnswerAsTheVersionDidThatSavedIt(Path model) throws IOException {
    Answers answers = Answers.of(model);
    INDArray features = SavedModels.features(answers.featureShape());
    double[] outputs = SavedModels.output(SavedModels.restored(model), features);
    assertArrayEquals(answers.outputs(), outputs, TOLERANCE, model.toString());
  }

  /** Where a layer is silent, all answers are equal and hide what has changed below it. */
  @ParameterizedTest
  @MethodSource("models")
  void shouldHoldAnswersThatDependOnFeatures(Path model) throws IOException {
    double[] outputs = Answers.of(model).outputs();
    Set<Double> different = new TreeSet<>();
    for (int i = 0; i < outputs.length; i += SavedModels.CLASSES) {
      different.add(outputs[i]);
    }
    int samples = outputs.length / SavedModels.CLASSES;
    assertTrue(different.size() > samples / 2, model + " answers " + different);
  }

  /** The classes of all libraries are on the list of those that an untrusted model may name. */
  @ParameterizedTest
  @MethodSource("models")
  void shouldBeAllowedAsUntrustedModels(Path model) throws IOException {
    Model expected = SavedModels.restored(model);
    SafeModels safe = SafeModels.defaults();
    Model network =
        SavedModels.isGraph(model) ? safe.computationGraph(model) : safe.multiLayerNetwork(model);
    assertSameBits(expected.params(), network.params());
    assertEquals(
        ((NeuralNetwork) expected).updaterState(), ((NeuralNetwork) network).updaterState());
    assertEquals(SavedModels.configuration(expected), SavedModels.configuration(network));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldReadTheConfigurationNextToItAndWriteItTheSame(Path model) throws IOException {
    Model configured = SavedModels.configured(model);
    if (configured instanceof ComputationGraph graph) {
      ComputationGraphConfiguration own = graph.getConfiguration();
      assertEquals(own, ComputationGraphConfiguration.fromJson(own.toJson()));
      assertEquals(own, ComputationGraphConfiguration.fromYaml(own.toYaml()));
      assertEquals(SavedModels.json(model), own.toJson());
    } else {
      MultiLayerConfiguration own = ((MultiLayerNetwork) configured).getLayerWiseConfigurations();
      assertEquals(own, MultiLayerConfiguration.fromJson(own.toJson()));
      assertEquals(own, MultiLayerConfiguration.fromYaml(own.toYaml()));
      assertEquals(own, own.clone());
      assertEquals(SavedModels.json(model), own.toJson());
    }
    Model restored = SavedModels.restored(model);
    assertEquals(SavedModels.configuration(restored), SavedModels.configuration(configured));
    assertEquals(restored.numParams(), configured.numParams());
    assertEquals(restored.paramTable().keySet(), configured.paramTable().keySet());
  }

  /** By default every other one; {@link #odd} are the others. */
  static Stream<Path> even() throws IOException {
    return included(0);
  }

  static Stream<Path> odd() throws IOException {
    return included(1);
  }

  private static Stream<Path> included(int from) throws IOException {
    List<Path> models = models();
    return IntStream.range(0, models.size())
        .filter(i -> Cases.include(2, i, from))
        .mapToObj(models::get);
  }

  @ParameterizedTest
  @MethodSource("odd")
  void shouldLearnFurther(Path model) throws IOException {
    Model network = SavedModels.restored(model);
    int iterations = SavedModels.iterations(network);
    INDArray parameters = network.params().dup();
    assertTrue(iterations > 0);
    SavedModels.fit(network, Answers.of(model).featureShape());
    assertEquals(iterations + 1, SavedModels.iterations(network));
    assertTrue(Double.isFinite(network.score()));
    assertNotEquals(parameters, network.params());
  }

  @ParameterizedTest
  @MethodSource("even")
  void shouldGoOnAfterARestoreAndAsACloneBitForBit(Path model) throws IOException {
    Model network = SavedModels.restored(model);
    long[] shape = Answers.of(model).featureShape();
    SavedModels.fit(network, shape);
    Model restored = SmallNetworks.restored(network);
    for (int i = 0; i < 2; i++) {
      SavedModels.fit(network, shape);
      SavedModels.fit(restored, shape);
      assertSameBits(network.params(), restored.params());
    }
    double[] outputs = SavedModels.output(network, SavedModels.features(shape));
    assertArrayEquals(outputs, SavedModels.output(restored, SavedModels.features(shape)));
    if (network instanceof MultiLayerNetwork chain) {
      MultiLayerNetwork clone = chain.clone();
      SavedModels.fit(chain, shape);
      SavedModels.fit(clone, shape);
      assertSameBits(chain.params(), clone.params());
    }
  }

  @Test
  void shouldHaveModelsOfThisVersion() throws IOException {
    String version = System.getProperty("saved.write");
    if (version != null) {
      for (Path earlier : models()) {
        String name = earlier.getFileName().toString().replace(".zip", "");
        long[] features = Answers.of(earlier).featureShape();
        SavedModels.write(version, name, SavedModels.configured(earlier), features);
      }
      // And, once, SavedModels.write of a network with a class that no earlier version has.
    }
    assertEquals(
        List.of(
            "asf.zip",
            "channels-last.zip",
            "conventional.zip",
            "delay.zip",
            "delta.zip",
            "dialects.zip",
            "direct.zip",
            "frames.zip",
            "gated.zip",
            "global.zip",
            "graph.zip",
            "integers.zip",
            "latency.zip",
            "neurons.zip",
            "rate.zip",
            "read-out.zip",
            "recurrent.zip",
            "residual.zip",
            "resonating.zip",
            "rows.zip",
            "schedule.zip",
            "sequences.zip",
            "spatio-temporal.zip",
            "synaptic-integers.zip",
            "synaptic-read-out.zip",
            "whole-neurons.zip",
            "window.zip",
            "zoo.zip"),
        models().stream()
            .filter(model -> model.getParent().endsWith("0.1.0"))
            .map(model -> model.getFileName().toString())
            .toList());
  }

  /** A new class of configurations needs a saved model. */
  @Test
  void shouldNameEveryClassThatAConfigurationCan() throws IOException {
    Set<String> saved = new TreeSet<>();
    for (Path model : models()) {
      CLASS.matcher(SavedModels.json(model)).results().forEach(found -> saved.add(found.group(1)));
    }
    assertEquals(configurable(), saved, "What is missing needs a saved model");
  }

  /**
   * Public classes, and surrogates, encoders and schedules made by factories, that JSON names,
   * since they are one of several implementations of a role.
   */
  private static Set<String> configurable() {
    return ArchConfiguration.withThreadLocalScope(SavedModelsTest::libraries).stream()
        .filter(
            type ->
                type.getModifiers().contains(JavaModifier.PUBLIC)
                    || type.isAssignableTo(Surrogate.class)
                    || type.isAssignableTo(SpikeEncoder.class)
                    || type.isAssignableTo(ISchedule.class))
        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(
            type ->
                type.isAssignableTo(BackpropRule.class)
                    || type.isAssignableTo(NeuronDynamics.class)
                    || type.isAssignableTo(Surrogate.class)
                    || type.isAssignableTo(annotatedWith(JsonTypeInfo.class)))
        .filter(type -> !type.getPackageName().startsWith("org.dl4jsnn.internal"))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What they use of others is named in them; of others only supertypes are read. */
  private static JavaClasses libraries(ArchConfiguration configuration) {
    for (String use : List.of("MemberTypes", "AccessesToTypes", "GenericSignatureTypes")) {
      configuration.setProperty("import.dependencyResolutionProcess.maxIterationsFor" + use, "0");
    }
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("org.dl4jsnn");
  }
}
