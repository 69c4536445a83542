package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.examples.spoken.SpokenData;
import org.dl4jsnn.examples.spoken.SpokenDataOptions;
import org.dl4jsnn.examples.spoken.SpokenNetworkOptions;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.FixedSchedule;
import picocli.CommandLine;

/** Compares surrogates: SurrogateStudy TASK SEEDS [FOLDER], TASK timing, digits or spoken. */
public final class SurrogateStudy {

  private SurrogateStudy() {}

  private static Map<String, SpatioTemporalBackprop> rules() {
    Map<String, SpatioTemporalBackprop> rules = new LinkedHashMap<>();
    rules.put("arctan 1", new SpatioTemporalBackprop());
    for (double width : new double[] {0.5, 1, 2}) {
      rules.put("rectangular " + width, rule(Surrogate.rectangular(width)));
      rules.put("triangular " + width, rule(Surrogate.triangular(width)));
    }
    return rules;
  }

  private static SpatioTemporalBackprop rule(Surrogate surrogate) {
    return new SpatioTemporalBackprop(surrogate).withWidthInThresholds();
  }

  /** Runs. */
  public static void main(String... args) throws IOException {
    String task = args[0];
    for (var rule : rules().entrySet()) {
      List<Double> percent = new ArrayList<>();
      long start = System.nanoTime();
      for (long seed = 1; seed <= Long.parseLong(args[1]); seed++) {
        percent.add(
            100
                * switch (task) {
                  case "timing" -> timing(rule.getValue(), seed);
                  case "digits" -> digits(rule.getValue(), seed);
                  default -> spoken(rule.getValue(), seed, args[2]);
                });
      }
      double mean = percent.stream().mapToDouble(value -> value).average().orElseThrow();
      double squares = percent.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      System.out.printf(
          Locale.ROOT,
          "%s | %s | %s | %.2f ± %.2f | %.0f s%n",
          task,
          rule.getKey(),
          percent.stream().map(v -> String.format(Locale.ROOT, "%.2f", v)).toList(),
          mean,
          Math.sqrt(squares / Math.max(1, percent.size() - 1)),
          (System.nanoTime() - start) * 1e-9 / percent.size());
    }
  }

  /** Only coincidences tell the classes apart. */
  private static double timing(SpatioTemporalBackprop rule, long seed) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(5e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(4).leak(0.5).build())
            .layer(softmax(CoincidenceTask.CLASSES))
            .setInputType(InputType.recurrent(CoincidenceTask.NEURONS, CoincidenceTask.STEPS))
            .build();
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(CoincidenceTask.samples(2000, 50, seed), 30);
    return network.evaluate(CoincidenceTask.samples(1000, 50, seed + 100)).accuracy();
  }

  /** Handwritten digits, a row of pixels per step. */
  private static double digits(SpatioTemporalBackprop rule, long seed) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(2e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingRecurrent.Builder()
                    .nOut(128)
                    .leak(0.9)
                    .reset(Reset.bySubtraction())
                    .build())
            .layer(
                new LeakyReadOut.Builder().nOut(10).leak(0.95).reads(MembraneReadOut.MEAN).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(28, 28))
            .build();
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int epoch = 0; epoch < 5; epoch++) {
      DataSetIterator training = EmbeddedDigits.training(6000, 50);
      while (training.hasNext()) {
        network.fit(rows(training.next()));
      }
    }
    DataSetIterator test = EmbeddedDigits.test(2000, 100);
    double right = 0;
    while (test.hasNext()) {
      DataSet batch = rows(test.next());
      right +=
          network
              .output(batch.getFeatures())
              .argMax(1)
              .eq(batch.getLabels().argMax(1))
              .castTo(batch.getFeatures().dataType())
              .sumNumber()
              .doubleValue();
    }
    return right / 2000;
  }

  private static DataSet rows(DataSet images) {
    long count = images.numExamples();
    return new DataSet(
        images.getFeatures().reshape(count, 28, 28).permute(0, 2, 1).dup('c'), images.getLabels());
  }

  private static double spoken(SpatioTemporalBackprop rule, long seed, String folder)
      throws IOException {
    int epochs = 10;
    SpokenDataOptions options = new SpokenDataOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("data", spec(options)))
        .parseArgs("--data", folder);
    SpokenNetworkOptions settings = new SpokenNetworkOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("network", spec(settings)))
        .parseArgs("--network", "recurrent");
    try (SpokenData data = options.open(32, 0)) {
      var first =
          settings.init(data.bins(), data.classes().size(), new FixedSchedule(1.5e-3), seed);
      MultiLayerNetwork network = BackpropRules.swap(first, rule);
      for (int epoch = 0; epoch < epochs; epoch++) {
        network.setLearningRate(1.5e-3 * 0.5 * (1 + Math.cos(Math.PI * epoch / epochs)));
        network.fit(data.training(seed, epoch, 0));
      }
      return network.evaluate(data.test()).accuracy();
    }
  }

  private static CommandLine.Model.CommandSpec spec(Object options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  private static OutputLayer softmax(int classes) {
    return new OutputLayer.Builder(new LossMCXENT())
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
