package org.dl4jsnn.examples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.plot.Plots;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single spiking neuron: what its membrane does under a constant current, and how its weight
 * learns a firing rate. Notebook 1 explains it.
 */
public final class FirstNeuron {

  private static final Logger log = LoggerFactory.getLogger(FirstNeuron.class);

  private static final int STEPS = 30;
  private static final int ITERATIONS = 200;

  private FirstNeuron() {}

  public static void main(String[] args) throws IOException {
    run(ITERATIONS, Path.of("target", "quickstart"));
  }

  /** Returns the firing rate after learning. */
  static double run(int iterations, Path charts) throws IOException {
    INDArray current = Nd4j.createFromArray(new float[][] {{0.3f}});
    MultiLayerNetwork network = neuron();

    log.info("A current of 0.3 per step charges the membrane; at the threshold of 1 it fires");
    SpikeRecording recording = SpikeProbe.of(network).membranes("neuron").record(current);
    float[] potential = recording.membrane("neuron", 0);
    boolean[] fired = recording.fired("neuron", 0, 0);
    for (int step = 0; step < 8; step++) {
      log.info("step {}: u = {}{}", step + 1, potential[step], fired[step] ? "  spike" : "");
    }
    Plots.save(Plots.membrane(recording, "neuron", 0, 0), charts.resolve("membrane.png"));

    log.info("The weight learns to fire at every second step");
    INDArray wanted = Nd4j.createFromArray(new float[][] {{0.5f}});
    for (int i = 0; i < iterations; i++) {
      network.fit(current, wanted);
    }
    double rate = network.output(current).getDouble(0);
    double weight = network.getLayer(1).getParam("W").getDouble(0);
    log.info("after {} iterations: weight {}, rate {}", iterations, weight, rate);
    return rate;
  }

  private static MultiLayerNetwork neuron() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0.1))
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.direct(STEPS).name("encoding").build())
            .layer(
                new SpikingDense.Builder()
                    .name("neuron")
                    .nIn(1)
                    .nOut(1)
                    .threshold(1)
                    .reset(Reset.toZero())
                    .build())
            .layer(new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build())
            .build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.getLayer(1).setParam("W", Nd4j.ones(1, 1));
    return network;
  }
}
