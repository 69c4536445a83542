package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Changes the number of time steps T of a trained network. Weights do not depend on it, except
 * behind a {@link SpikeAccumulation}, where currents grow with T: such networks are refused.
 *
 * <pre>{@code
 * MultiLayerNetwork shorter = TimeSteps.change(trained, 8); // a copy, with the same weights
 * }</pre>
 */
public final class TimeSteps {

  private TimeSteps() {}

  /**
   * A network with the parameters of a trained one that runs for a different number of steps.
   * Iteration, epoch and updater state are kept.
   *
   * @param trained a network whose first layer is a {@link SpikeEncoding}; not changed
   * @param steps T, at least 1
   * @return a new network
   * @throws IllegalArgumentException if the number is invalid, if the network does not begin with a
   *     {@link SpikeEncoding}, or if that encoding takes T from its features
   */
  public static MultiLayerNetwork change(MultiLayerNetwork trained, int steps) {
    MultiLayerConfiguration configuration = trained.getLayerWiseConfigurations().clone();
    change(firstOf(configuration.getConf(0).getLayer()), steps, layers(configuration));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(trained.params(), true);
    copyState(trained.updaterState(), network.updaterState());
    return network;
  }

  /**
   * A graph with the parameters of a trained one that runs for a different number of steps;
   * otherwise as {@link #change(MultiLayerNetwork, int)}.
   *
   * @param trained a graph with one or more {@link SpikeEncoding}s, all of which change in the new
   *     graph; not changed itself
   * @param steps T, at least 1
   * @return a new graph
   * @throws IllegalArgumentException if the number is invalid, if the graph has no {@link
   *     SpikeEncoding}, or if one takes T from its features
   */
  public static ComputationGraph change(ComputationGraph trained, int steps) {
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    // A configuration's clone loses these counts.
    configuration.setIterationCount(trained.getConfiguration().getIterationCount());
    configuration.setEpochCount(trained.getConfiguration().getEpochCount());
    change(configuration, steps);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(trained.params(), true);
    copyState(trained.updaterState(), graph.updaterState());
    return graph;
  }

  /**
   * Makes this network, not a copy, run for a different number of steps from now on. The next
   * window, or the next piece of a stream, has that many steps; a stream keeps its state.
   *
   * @param network an initialised network whose first layer is a {@link SpikeEncoding}; not in use
   *     at the same time
   * @param steps T, at least 1
   * @throws IllegalArgumentException as {@link #change(MultiLayerNetwork, int)}
   */
  public static void set(MultiLayerNetwork network, int steps) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    change(firstOf(network.getLayer(0).conf().getLayer()), steps, layers(configuration));
    // TransferLearning gives a frozen layer a copy of the settings that the layer itself reads.
    change(firstOf(configuration.getConf(0).getLayer()), steps, layers(configuration));
  }

  /**
   * Makes a graph run for a different number of steps from now on; otherwise as {@link
   * #set(MultiLayerNetwork, int)}.
   *
   * @param graph an initialised graph, all of whose encodings are changed
   * @param steps T, at least 1
   * @throws IllegalArgumentException as {@link #change(ComputationGraph, int)}
   */
  public static void set(ComputationGraph graph, int steps) {
    change(graph.getConfiguration(), steps);
  }

  private static void change(ComputationGraphConfiguration configuration, int steps) {
    List<Layer> layers = layers(configuration);
    List<SpikeEncoding> encodings =
        layers.stream()
            .filter(SpikeEncoding.class::isInstance)
            .map(SpikeEncoding.class::cast)
            .toList();
    Require.not(
        encodings.isEmpty(), "graph must have a SpikeEncoding to change its steps, got none");
    encodings.forEach(encoding -> change(encoding, steps, layers));
  }

  private static List<Layer> layers(ComputationGraphConfiguration configuration) {
    List<Layer> layers = new ArrayList<>();
    for (GraphVertex each : configuration.getVertices().values()) {
      GraphVertex vertex = each instanceof FrozenVertex frozen ? frozen.getUnderlying() : each;
      if (vertex instanceof LayerVertex layer) {
        layers.add(WrappedLayers.inner(layer.getLayerConf().getLayer()));
      }
    }
    return layers;
  }

  private static List<Layer> layers(MultiLayerConfiguration configuration) {
    return configuration.getConfs().stream()
        .map(layer -> WrappedLayers.inner(layer.getLayer()))
        .toList();
  }

  private static SpikeEncoding firstOf(Layer layer) {
    Layer first = WrappedLayers.inner(layer);
    if (!(first instanceof SpikeEncoding encoding)) {
      throw new IllegalArgumentException(
          "network must begin with a SpikeEncoding to change its steps, got "
              + first.getClass().getSimpleName());
    }
    return encoding;
  }

  private static void change(SpikeEncoding encoding, int steps, List<Layer> layers) {
    SpikeEncoder changed = encoding.getEncoder().withSteps(steps);
    boolean isSame = changed.equals(encoding.getEncoder());
    for (Layer layer : layers) {
      if (!isSame && layer instanceof SpikeAccumulation window) {
        throw new IllegalArgumentException(
            "T must stay as it was trained, since currents behind %s grow with it, got %d"
                .formatted(window.name(), steps));
      }
    }
    encoding.setEncoder(changed);
  }

  private static void copyState(INDArray from, INDArray to) {
    if (from != null) {
      to.assign(from);
    }
  }
}
