package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.gradient.BackpropRules;

/**
 * The builder of a network without branches.
 *
 * @param <B> the network's own builder
 */
public abstract class SequenceNetwork<B extends SequenceNetwork<B>>
    extends SpikingNetworkBuilder<B> {

  SequenceNetwork(String layers, ImageInput input, double learningRate) {
    super(layers, input, learningRate);
  }

  /** {@return a new configuration, to be changed further or built into a network} */
  public MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder list = common().list();
    assemble(new Assembly.Sequence(list));
    MultiLayerConfiguration configuration = list.setInputType(input.type(steps)).build();
    BackpropRules.apply(configuration, rule());
    if (decay() > 0) {
      DecoupledWeightDecay.applyTo(configuration, decay());
    }
    return configuration;
  }

  /** {@return a new network with fresh weights} */
  public MultiLayerNetwork init() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration());
    network.init();
    return network;
  }
}
