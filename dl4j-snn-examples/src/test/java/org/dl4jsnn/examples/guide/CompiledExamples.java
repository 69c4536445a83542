package org.dl4jsnn.examples.guide;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Examples as methods of one class, which may throw anything. They see the types of some packages
 * and of {@link #IMPORTS}, and the variables of {@link #GIVEN}.
 */
final class CompiledExamples extends SimpleJavaFileObject {

  /** Beside the public packages of the libraries. */
  private static final List<String> IMPORTS =
      List.of(
          "java.awt.image.BufferedImage",
          "java.nio.file.Path",
          "java.util.*",
          "org.deeplearning4j.datasets.iterator.*",
          "org.deeplearning4j.nn.conf.*",
          "org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder",
          "org.deeplearning4j.nn.conf.inputs.InputType",
          "org.deeplearning4j.nn.conf.layers.*",
          "org.deeplearning4j.nn.graph.ComputationGraph",
          "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
          "org.knowm.xchart.XYChart",
          "org.nd4j.linalg.activations.Activation",
          "org.nd4j.linalg.api.ndarray.INDArray",
          "org.nd4j.linalg.dataset.api.iterator.DataSetIterator",
          "org.nd4j.linalg.dataset.api.preprocessor.*",
          "org.nd4j.linalg.learning.config.Adam",
          "org.nd4j.linalg.lossfunctions.impl.*",
          "org.nd4j.linalg.schedule.ISchedule");

  /** What an example need not declare. */
  private static final String GIVEN =
      """
      MultiLayerNetwork network, trained;
      MultiLayerConfiguration configuration;
      INDArray features;
      DataSetIterator training, heldOut, test;
      TrainingData data;
      TrainingSettings settings;
      StopRequest stop;
      Path file, folder;
      float[] pixels;
      int x, y;
      List<float[]> frames;
      byte[] bytes;
      long seed;
      SensorSize sensor;
      SpikingModel model;
      SpikingStream stream;
      GreyImage image;
      SimulatedCamera camera;
      ImageAugmentation augmentation;
      Queue<LiveSpikes> queue;
      abstract class MyNeuron implements NeuronDynamics {}
      """;

  /** An example, and the line of the file before its first. */
  record Example(Path file, int line, String code) {}

  private final StringBuilder code = new StringBuilder();
  private final TreeMap<Long, Example> byLine = new TreeMap<>();

  CompiledExamples(Set<String> packages, List<Example> examples) {
    super(URI.create("memory:///Examples.java"), Kind.SOURCE);
    Set<String> imports = new TreeSet<>(IMPORTS);
    packages.forEach(name -> imports.add(name + ".*"));
    imports.forEach(name -> code.append("import ").append(name).append(";\n"));
    code.append("class Examples {\n").append(GIVEN);
    for (Example example : examples) {
      code.append("void example").append(byLine.size()).append("() throws Exception {\n");
      byLine.put(code.chars().filter(c -> c == '\n').count(), example);
      code.append(example.code).append("}\n");
    }
    code.append("}\n");
  }

  /** The compiler's errors, with the lines of the files that the examples stand in. */
  List<String> errors() throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String classPath = System.getProperty("java.class.path");
    List<String> options = List.of("-proc:none", "-classpath", classPath);
    JavaCompiler.CompilationTask task =
        ToolProvider.getSystemJavaCompiler()
            .getTask(null, null, found, options, null, List.of(this));
    ((JavacTask) task).analyze(); // everything but writing classes
    return found.getDiagnostics().stream()
        .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
        .map(this::inFile)
        .toList();
  }

  private String inFile(Diagnostic<? extends JavaFileObject> error) {
    Map.Entry<Long, Example> entry = byLine.lowerEntry(error.getLineNumber());
    if (entry == null) {
      return error.toString();
    }
    Example example = entry.getValue();
    long line = example.line + error.getLineNumber() - entry.getKey();
    return example.file.normalize() + ":" + line + ": " + error.getMessage(Locale.ROOT);
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return code;
  }
}
