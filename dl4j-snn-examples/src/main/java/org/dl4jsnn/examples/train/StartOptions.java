package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** A trained network that a training starts with, as an option. */
final class StartOptions {

  @Option(
      names = "--from",
      description =
          "A trained network whose weights training starts with. One with spikes must have the "
              + "layers of the new network, whose neurons are those of the other options; folded "
              + "normalisation is unfolded. One trained without spikes, such as by cifar10 "
              + "--conventional, is converted: it keeps its loss and its seed, and its layers get "
              + "neurons with threshold 1, without leak; --steps and --saturation-gate apply, "
              + "other options of neurons do not. Of a residual network whose blocks join "
              + "currents, the new network takes the weights and has neurons by all options.")
  Path from;

  @Option(
      names = "--bits",
      description =
          "With --from and a network with spikes: train it as it is, with weights that every "
              + "minibatch sees rounded to so many bits, from 2 to 16, as snn deploy --bits rounds "
              + "them; normalisation is folded into them first. The model has rounded weights. "
              + "Options of the network do not apply. With --resume, it goes on from rounded weights.")
  Integer bits;

  void check(TrainingOptions options) {
    options.from = from;
    options.bits = bits;
    if (bits != null) {
      OptionRules.within("--bits", bits, 2, 16);
      boolean isTrained = from != null || options.resume != null;
      OptionRules.apart("--bits", bits, !isTrained, "without --from, a trained network");
      boolean isAveraged = options.averageWeights > 0;
      OptionRules.apart("--bits", bits, isAveraged, "with --average-weights, which rounds nothing");
    }
    if (from != null) {
      OptionRules.model(from);
      boolean isResumed = options.resume != null;
      OptionRules.apart("--from", from, isResumed, "with --resume, " + TrainingOptions.TRAINED);
      OptionRules.apart(
          "--balance", options.balance, true, "with --from, " + TrainingOptions.TRAINED);
      options.requireKept("--from", from);
    }
  }

  /** The network to train, with the weights of the trained one if there is any. */
  Model network(
      Supplier<Model> fresh,
      NetworkOptions options,
      ISchedule learningRates,
      DataSetIterator calibration) {
    if (from == null) {
      return fresh.get();
    }
    NeuralNetwork trained = SavedNetwork.load(from);
    if (!SpikingStart.isSpiking(trained)) {
      requireNone("--bits", bits == null ? 0 : bits);
      Optional<Model> same = SpikingStart.ofCounterpart(trained, fresh, options);
      if (same.isPresent()) {
        return same.get();
      }
      requireNone("--dropout", options.dropout);
      requireNone("--price", options.price);
      return SpikingStart.converted(trained, calibration, options, learningRates);
    }
    return bits == null
        ? SpikingStart.of(from, trained, fresh.get(), calibration)
        : folded(trained, learningRates);
  }

  /** To be trained from its first epoch on. */
  private static Model folded(NeuralNetwork trained, ISchedule learningRates) {
    if (trained instanceof ComputationGraph graph) {
      ComputationGraph network = NormalizationFolding.fold(graph);
      network.getConfiguration().setEpochCount(0);
      network.getConfiguration().setIterationCount(0);
      network.setLearningRate(learningRates);
      return network;
    }
    MultiLayerNetwork network = NormalizationFolding.fold((MultiLayerNetwork) trained);
    network.setEpochCount(0);
    network.getLayerWiseConfigurations().setIterationCount(0);
    network.setLearningRate(learningRates);
    return network;
  }

  private static void requireNone(String name, double value) {
    if (value > 0) {
      throw UserError.of(
          "%s must be 0 with --from and a network without spikes, whose layers are kept, got %s",
          name, value);
    }
  }
}
