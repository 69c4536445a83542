package org.dl4jsnn.internal.walk;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.internal.layer.StreamingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How a part of a network runs. */
interface PartRun {

  /** Takes the outputs of the parts below; returns the part's input. */
  INDArray prepare(List<INDArray> inputs, int minibatch, LayerWorkspaceMgr workspaces);

  /** Runs over the prepared input. */
  INDArray activate(INDArray prepared, boolean training, LayerWorkspaceMgr workspaces);

  /** Runs over the next piece of a stream. */
  default INDArray next(INDArray prepared, LayerWorkspaceMgr workspaces) {
    return activate(prepared, false, workspaces);
  }

  /**
   * A layer behind its preprocessor.
   *
   * @param before its preprocessor; null for none
   */
  record OfLayer(Layer layer, InputPreProcessor before) implements PartRun {

    @Override
    public INDArray prepare(List<INDArray> inputs, int minibatch, LayerWorkspaceMgr workspaces) {
      INDArray input = inputs.get(0);
      return before == null ? input : before.preProcess(input, minibatch, workspaces);
    }

    @Override
    public INDArray activate(INDArray prepared, boolean training, LayerWorkspaceMgr workspaces) {
      return layer.activate(prepared, training, workspaces);
    }

    @Override
    public INDArray next(INDArray prepared, LayerWorkspaceMgr workspaces) {
      Layer inner = WrappedLayers.inner(layer);
      if (inner instanceof StreamingLayer streaming) {
        return streaming.next(prepared, workspaces);
      }
      return inner instanceof RecurrentLayer recurrent
          ? recurrent.rnnTimeStep(prepared, workspaces)
          : activate(prepared, false, workspaces);
    }
  }

  /** A vertex of a graph that is more than a layer. */
  record OfVertex(GraphVertex vertex) implements PartRun {

    /** Returns the first of several inputs. */
    @Override
    public INDArray prepare(List<INDArray> inputs, int minibatch, LayerWorkspaceMgr workspaces) {
      for (int i = 0; i < inputs.size(); i++) {
        vertex.setInput(i, inputs.get(i), workspaces);
      }
      return inputs.get(0);
    }

    @Override
    public INDArray activate(INDArray prepared, boolean training, LayerWorkspaceMgr workspaces) {
      return vertex.doForward(training, workspaces);
    }
  }
}
