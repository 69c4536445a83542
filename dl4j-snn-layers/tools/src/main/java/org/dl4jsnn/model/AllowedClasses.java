package org.dl4jsnn.model;

import java.util.HashSet;
import java.util.Set;

/**
 * The classes that a configuration may name: all classes of some packages (without subpackages),
 * and single ones. They were chosen because their constructors, setters and static initialisers
 * only hold and check values.
 */
record AllowedClasses(Set<String> packages, Set<String> classes) {

  /**
   * Packages of Deeplearning4j, ND4J and this project. Left out on purpose: {@code
   * layers.objdetect}, whose layer reads an array of any claimed size from the text; {@code
   * weights.embeddings}, which holds arrays; and everything that is not part of a network, such as
   * the savers of early stopping, which create folders.
   */
  private static final Set<String> PACKAGES =
      Set.of(
          "org.deeplearning4j.nn.conf.constraint",
          "org.deeplearning4j.nn.conf.distribution",
          "org.deeplearning4j.nn.conf.dropout",
          "org.deeplearning4j.nn.conf.graph",
          "org.deeplearning4j.nn.conf.graph.rnn",
          "org.deeplearning4j.nn.conf.inputs",
          "org.deeplearning4j.nn.conf.layers",
          "org.deeplearning4j.nn.conf.layers.convolutional",
          "org.deeplearning4j.nn.conf.layers.misc",
          "org.deeplearning4j.nn.conf.layers.recurrent",
          "org.deeplearning4j.nn.conf.layers.util",
          "org.deeplearning4j.nn.conf.layers.variational",
          "org.deeplearning4j.nn.conf.preprocessor",
          "org.deeplearning4j.nn.conf.weightnoise",
          "org.deeplearning4j.nn.weights",
          "org.nd4j.linalg.activations.impl",
          "org.nd4j.linalg.learning.config",
          "org.nd4j.linalg.learning.regularization",
          "org.nd4j.linalg.lossfunctions.impl",
          "org.nd4j.linalg.schedule",
          "org.dl4jsnn.asf",
          "org.dl4jsnn.conf",
          "org.dl4jsnn.conventional",
          "org.dl4jsnn.encode",
          "org.dl4jsnn.gradient",
          "org.dl4jsnn.gradient.surrogate",
          "org.dl4jsnn.neuron",
          "org.dl4jsnn.neuron.linear");

  /** Classes of packages whose other classes are not part of a network. */
  private static final Set<String> CLASSES = Set.of("org.dl4jsnn.train.CosineSchedule");

  static AllowedClasses defaults() {
    return new AllowedClasses(PACKAGES, CLASSES);
  }

  AllowedClasses and(Class<?> type) {
    return new AllowedClasses(packages, with(classes, type.getName()));
  }

  AllowedClasses andPackage(String name) {
    return new AllowedClasses(with(packages, name), classes);
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = new HashSet<>(names);
    more.add(name);
    return Set.copyOf(more);
  }

  /** Whether a class may be named. Parameterised types such as {@code List<Foo>} never may. */
  boolean allows(String name) {
    int end = name.lastIndexOf('.');
    return name.indexOf('<') < 0
        && (classes.contains(name) || end > 0 && packages.contains(name.substring(0, end)));
  }
}
