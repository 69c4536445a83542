package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.ISchedule;

/** A MultiLayerNetwork in training. */
final class TrainableSequence extends TrainableNetwork<MultiLayerNetwork> {

  private final MultiLayerNetwork network;

  TrainableSequence(MultiLayerNetwork network) {
    this.network = network;
  }

  @Override
  MultiLayerNetwork model() {
    return network;
  }

  @Override
  void fit(DataSet minibatch) {
    network.fit(minibatch);
  }

  @Override
  Layer output() {
    return network.getOutputLayer();
  }

  @Override
  INDArray output(DataSet minibatch) {
    return network.output(
        minibatch.getFeatures(),
        false,
        minibatch.getFeaturesMaskArray(),
        minibatch.getLabelsMaskArray());
  }

  @Override
  int epochs() {
    return network.getEpochCount();
  }

  @Override
  int iterations() {
    return network.getIterationCount();
  }

  @Override
  void endEpoch() {
    network.incrementEpochCount();
  }

  @Override
  void setLearningRates(ISchedule rates) {
    network.setLearningRate(rates);
  }

  @Override
  Collection<TrainingListener> listeners() {
    return network.getListeners();
  }

  @Override
  void setListeners(Collection<TrainingListener> listeners) {
    network.setListeners(listeners);
  }

  @Override
  TrainableNetwork<MultiLayerNetwork> copy() {
    return new TrainableSequence(network.clone());
  }

  @Override
  TrainableNetwork<MultiLayerNetwork> load(Path file, SafeModels models) {
    return new TrainableSequence(ModelFile.load(file, models));
  }

  @Override
  void requireLoadable(SafeModels models) throws ModelRefusedException {
    models.multiLayerFromJson(network.getLayerWiseConfigurations().toJson());
  }

  @Override
  NeuralNetConfiguration common() {
    return network.getDefaultConfiguration();
  }

  @Override
  List<Layer> layers() {
    return List.of(network.getLayers());
  }
}
