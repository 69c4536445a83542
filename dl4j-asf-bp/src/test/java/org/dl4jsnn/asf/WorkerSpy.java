package org.dl4jsnn.asf;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Notes the slopes of all workers of a ParallelWrapper, before and after each of their updates. */
final class WorkerSpy extends BaseTrainingListener {

  private final Map<Model, List<Update>> updates = new IdentityHashMap<>();
  private final Map<Model, Map<String, Double>> begun = new IdentityHashMap<>();

  /** An update of a worker. */
  record Update(int iteration, int epoch, Map<String, Double> before, Map<String, Double> after) {}

  /** All slopes of a network by their names, such as {@code 1_slope}. */
  static Map<String, Double> slopes(Model network) {
    Map<String, Double> slopes = new TreeMap<>();
    network
        .paramTable()
        .forEach(
            (name, value) -> {
              if (name.endsWith("_" + AsfBackprop.SLOPE)) {
                slopes.put(name, value.getDouble(0));
              }
            });
    return slopes;
  }

  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    begun.put(model, slopes(model));
  }

  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    begun.put(model, slopes(model));
  }

  @Override
  public synchronized void iterationDone(Model model, int iteration, int epoch) {
    int ofModel =
        model instanceof ComputationGraph graph
            ? graph.getEpochCount()
            : ((MultiLayerNetwork) model).getEpochCount();
    updates
        .computeIfAbsent(model, m -> new ArrayList<>())
        .add(new Update(iteration, ofModel, begun.get(model), slopes(model)));
  }

  /** The updates of one worker; the network itself is the first worker. */
  synchronized List<Update> of(Model worker) {
    return updates.get(worker);
  }

  /** The n-th updates of all workers that did as many. */
  synchronized List<Update> round(int n) {
    return updates.values().stream().filter(all -> all.size() > n).map(all -> all.get(n)).toList();
  }
}
