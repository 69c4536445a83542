package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.FlowSums;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** A SameDiff model learns with ASF-BP; a network with its weights serves as its simulator. */
class SameDiffTrainingTest {

  private static final FeatureShape IMAGE =
      FeatureShape.image(1, SmallNetworks.SIZE, SmallNetworks.SIZE);

  private final MultiLayerNetwork simulator = SmallNetworks.network(12, WorkspaceMode.NONE);
  private final SameDiffTwin twin = new SameDiffTwin(simulator, IMAGE);
  private final LinearEstimation estimation = new LinearEstimation();

  @Test
  void shouldLearnThreeClasses() {
    List<DataSet> minibatches = SmallNetworks.minibatches(200, 20, 1);
    List<String> inputs = twin.graph.inputs().stream().filter(i -> !isLabels(i)).toList();
    twin.graph.setTrainingConfig(
        new TrainingConfig.Builder()
            .updater(new Adam(5e-3))
            .dataSetFeatureMapping(inputs)
            .dataSetLabelMapping(SameDiffTwin.LABELS)
            .build());

    double lossBefore = loss(minibatches.get(0));
    double accuracyBefore = accuracy();
    double loss = lossBefore;
    double accuracy = accuracyBefore;
    for (int epoch = 0; epoch < 8 && (loss >= 0.5 * lossBefore || accuracy <= 0.9); epoch++) {
      for (DataSet minibatch : minibatches) {
        Map<String, INDArray> found = simulate(minibatch.getFeatures());
        refreshSlopes(found);
        INDArray[] features = inputs.stream().map(found::get).toArray(INDArray[]::new);
        INDArray[] labels = {minibatch.getLabels()};
        twin.graph.fit(new MultiDataSet(features, labels));
      }
      loss = loss(minibatches.get(0));
      accuracy = accuracy();
    }
    String learned =
        "loss " + lossBefore + " to " + loss + ", accuracy " + accuracyBefore + " to " + accuracy;
    System.out.println("SameDiff: " + learned);
    assertTrue(loss < 0.5 * lossBefore, learned);
    assertTrue(accuracy > 0.9, learned);
  }

  @Test
  void shouldBeSavedAndRestored(@TempDir Path folder) throws IOException {
    DataSet minibatch = SmallNetworks.images(5, 3);
    Map<String, INDArray> found = simulate(minibatch.getFeatures());
    found.put(SameDiffTwin.LABELS, minibatch.getLabels());
    File file = folder.resolve("model.fb").toFile();
    twin.graph.save(file, false);
    SameDiff restored = SameDiff.load(file, false);

    assertEquals(twin.graph.output(found, twin.values), restored.output(found, twin.values));
    assertEquals(
        twin.graph.calculateGradients(found, twin.parameters),
        restored.calculateGradients(found, twin.parameters));
  }

  private static boolean isLabels(String input) {
    return input.equals(SameDiffTwin.LABELS);
  }

  /** Gives the simulator the model's weights and simulates. */
  private Map<String, INDArray> simulate(INDArray images) {
    copyWeights();
    simulator.setInput(images);
    List<INDArray> activations = simulator.feedForward(true, false);
    return twin.simulated(activations.subList(1, activations.size()));
  }

  private void copyWeights() {
    for (String parameter : twin.parameters) {
      simulator.getParam(parameter).assign(twin.graph.getArrForVarName(parameter));
    }
  }

  private void refreshSlopes(Map<String, INDArray> found) {
    for (int i = 1; i < simulator.getnLayers() - 1; i++) {
      if (simulator.getLayer(i) instanceof SpikingLayer layer) {
        INDArray slope = layer.getParam(AsfBackprop.SLOPE);
        boolean weighted = layer.getParam("W") != null;
        slope.assign(
            estimation.refresh(slope.getDouble(0), FlowSums.of(layer.accumulatedFlow(), weighted)));
        found.get("slope" + i).assign(slope);
      }
    }
  }

  private double loss(DataSet minibatch) {
    Map<String, INDArray> inputs = new HashMap<>(simulate(minibatch.getFeatures()));
    inputs.put(SameDiffTwin.LABELS, minibatch.getLabels());
    return twin.graph.output(inputs, SameDiffTwin.LOSS).get(SameDiffTwin.LOSS).getDouble(0);
  }

  private double accuracy() {
    DataSet unseen = SmallNetworks.images(100, 2);
    copyWeights();
    Evaluation evaluation = new Evaluation();
    evaluation.eval(unseen.getLabels(), simulator.output(unseen.getFeatures()));
    return evaluation.accuracy();
  }
}
