package org.dl4jsnn.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where, in a configuration, a class's name can stand so that Deeplearning4j looks it up. */
enum ClassNamePlace {
  PROPERTY("{\"@class\" : \"%s\"}"),
  FIRST_IN_A_LIST("[\"%s\", {}]"),
  ALONE_IN_A_LIST("[\"%s\"]"),
  PARAMETER_OF_AN_ALLOWED_TYPE(
      "{\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationIdentity<%s>\"}"),
  PARAMETER_IN_A_LIST("[\"org.nd4j.linalg.activations.impl.ActivationIdentity<%s>\", {}]"),
  BEFORE_THE_SAME_PROPERTY(
      "{\"@class\" : \"%s\", \"@class\" : \"org.nd4j.linalg.activations.impl.ActivationIdentity\"}"),
  ESCAPED_PROPERTY("{\"@cl\\u0061ss\" : \"%s\"}"),
  INSIDE_AN_ALLOWED_ONE(
      "{\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationIdentity\"}, \"biasUpdater\" :"
          + " {\"@class\" : \"org.nd4j.linalg.learning.config.Sgd\", \"learningRateSchedule\" :"
          + " {\"@class\" : \"%s\"}}"),
  DISTRIBUTION(
      "{\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationIdentity\"}, \"weightInitFn\" :"
          + " {\"@class\" : \"org.deeplearning4j.nn.weights.WeightInitDistribution\","
          + " \"distribution\" : {\"type\" : \"%s\"}}"),
  OLD_DISTRIBUTION(
      "{\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationIdentity\"}, \"weightInit\" :"
          + " \"DISTRIBUTION\", \"dist\" : {\"type\" : \"%s\"}"),
  NEURON("{\"@class\" : \"%s\"}"),
  INSIDE_A_NEURON(
      "{\"@class\" : \"org.dl4jsnn.neuron.SynapticNeuron\", \"synapticDecay\" : 0.5,"
          + " \"membrane\" : {\"@class\" : \"%s\"}}"),
  SURROGATE("{\"@class\" : \"%s\"}");

  /** Classes with and without a package. */
  static final List<String> NAMES = List.of("org.dl4jsnn.model.hostile.Statics", "Packageless");

  private static final Pattern ACTIVATION =
      Pattern.compile("\\{\\s*\"@class\" : \"[^\"]*ActivationIdentity\"\\s*\\}");

  private static final Pattern IN_NEURON =
      Pattern.compile("(?<=\"neuron\" : )\\{[^}]*\\{[^}]*\\}[^}]*\\}");

  private static final Pattern IN_SURROGATE = Pattern.compile("(?<=\"surrogate\" : )\\{[^}]*\\}");

  private final String text;

  ClassNamePlace(String text) {
    this.text = text;
  }

  /** A configuration, whose read-out is linear, with a name there. */
  String in(String json, String name) {
    String without =
        this == DISTRIBUTION || this == OLD_DISTRIBUTION
            ? withoutLast(json, "\"weightInitFn\" : \\{[^}]*\\},")
            : this == INSIDE_AN_ALLOWED_ONE ? withoutLast(json, "\"biasUpdater\" : null,") : json;
    String hostile = text.formatted(name);
    return place().matcher(without).replaceFirst(Matcher.quoteReplacement(hostile));
  }

  private Pattern place() {
    return switch (this) {
      case NEURON, INSIDE_A_NEURON -> IN_NEURON;
      case SURROGATE -> IN_SURROGATE;
      default -> ACTIVATION;
    };
  }

  private static String withoutLast(String json, String field) {
    int end = 0;
    int start = 0;
    Matcher found = Pattern.compile(field).matcher(json);
    while (found.find()) {
      start = found.start();
      end = found.end();
    }
    return json.substring(0, start) + json.substring(end);
  }
}
