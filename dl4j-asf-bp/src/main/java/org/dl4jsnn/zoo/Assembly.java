package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** A configuration that layers are put into: a sequence or a graph. */
interface Assembly {

  /** The name of a network's input. */
  String FEATURES = "features";

  /** Puts a layer on another one, or on the features; returns its name. */
  String add(Layer layer, String below);

  /** Puts a vertex on several layers; returns its name. */
  String join(String name, GraphVertex vertex, String... below);

  /** A sequence of layers. */
  record Sequence(NeuralNetConfiguration.ListBuilder list) implements Assembly {

    @Override
    public String add(Layer layer, String below) {
      list.layer(layer);
      return layer.getLayerName();
    }

    @Override
    public String join(String name, GraphVertex vertex, String... below) {
      throw new IllegalStateException("a sequence has no vertex, got " + name);
    }
  }

  /** A graph. */
  record Graph(ComputationGraphConfiguration.GraphBuilder graph) implements Assembly {

    @Override
    public String add(Layer layer, String below) {
      graph.addLayer(layer.getLayerName(), layer, below);
      return layer.getLayerName();
    }

    @Override
    public String join(String name, GraphVertex vertex, String... below) {
      graph.addVertex(name, vertex, below);
      return name;
    }
  }
}
