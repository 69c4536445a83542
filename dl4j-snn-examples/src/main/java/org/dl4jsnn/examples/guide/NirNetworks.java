package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks from and to files of other programs. */
final class NirNetworks {

  private NirNetworks() {}

  /** A network from a graph, for inference. */
  static MultiLayerNetwork imported(Path file) throws IOException {
    // begin import
    return NirImport.by(NirDialect.snnTorch().withTimeStep(1e-3))
        .multiLayerNetwork(NirFiles.read(file));
    // end import
  }

  /** A network from a graph, for further training. */
  static MultiLayerNetwork trainable(Path file) throws IOException {
    // begin train
    return NirImport.by(NirDialect.snnTorch().withTimeStep(1e-3))
        .settings(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)))
        .backprop(new SpatioTemporalBackprop()) // or RateBackprop, AsfBackprop
        .readOut(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .multiLayerNetwork(NirFiles.read(file));
    // end train
  }

  /** Writes a network and restores it from the file. */
  static MultiLayerNetwork thereAndBack(MultiLayerNetwork network, Path file) throws IOException {
    // begin export
    NirFiles.write(NirExport.ofTimeStep(1e-3).export(network), file); // a step is 1 ms
    return NirRestore.defaults().multiLayerNetwork(NirFiles.read(file));
    // end export
  }

  static float[] run(Path file, float[] input) throws IOException {
    // begin run
    NirGraph graph = NirFiles.read(file);
    NirDialect dialect = NirDialect.norse().withTimeStep(1e-4).withResetBySubtraction();
    NirSimulation simulation = NirSimulation.of(graph, dialect);
    float[] spikes = simulation.run(input); // a whole window, or piece by piece
    // end run
    return spikes;
  }
}
