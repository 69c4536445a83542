package org.dl4jsnn.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.device.SumRange;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.IntegerNeuron;

/**
 * Layers that pass on currents, the vertices that add them, and the neurons that they charge one by
 * one: all count in the same unit per channel, so that sums of currents are whole numbers of it.
 *
 * @param parts in the order in which they run
 */
record CurrentGroup(List<NetworkPart> parts) {

  /** The groups of a network; refuses currents that anything else reads. */
  static List<CurrentGroup> of(NetworkWalk walk) {
    BitSet currents = walk.currents();
    Map<Integer, List<NetworkPart>> groups = new HashMap<>();
    for (NetworkPart part : walk.parts()) {
      List<Integer> read =
          part.inputs().stream().filter(input -> input >= 0 && currents.get(input)).toList();
      if (read.isEmpty() && !currents.get(part.place())) {
        continue;
      }
      requireSum(part, read);
      List<NetworkPart> group = new ArrayList<>(List.of(part));
      read.stream().map(groups::get).distinct().forEach(group::addAll);
      group.forEach(member -> groups.put(member.place(), group));
    }
    return groups.values().stream()
        .distinct()
        .map(group -> group.stream().sorted(Comparator.comparingInt(NetworkPart::place)).toList())
        .map(CurrentGroup::new)
        .toList();
  }

  private static void requireSum(NetworkPart part, List<Integer> read) {
    boolean isSum = part.vertex() instanceof SpikingAdd && read.size() == part.inputs().size();
    Require.not(
        !(read.isEmpty() || isSum || isChargedOneByOne(part)),
        "layer %s: currents must be added to currents, or charge neurons one by one (average"
            + " pooling over 1 × 1 positions), to be whole numbers",
        part);
  }

  private static boolean isChargedOneByOne(NetworkPart part) {
    return part.hasNeurons()
        && part.configuration() instanceof SpikingPooling2D pooling
        && pooling.getWindow().rows().kernel() == 1
        && pooling.getWindow().columns().kernel() == 1;
  }

  private static BaseSpikingLayer layer(NetworkPart part) {
    return (BaseSpikingLayer) part.configuration();
  }

  private List<NetworkPart> neurons() {
    return parts.stream().filter(NetworkPart::hasNeurons).toList();
  }

  private List<NetworkPart> weighted() {
    return parts.stream().filter(part -> part.isCharged() && !part.hasNeurons()).toList();
  }

  /** The layers of whole numbers, by place. */
  Map<Integer, IntegerNetwork.Layer> integers(
      IntegerLayerMaker maker, MembraneLimit limit, PassedSpikes passed) {
    Require.not(
        neurons().isEmpty(), "layer %s: its currents must charge neurons, got none", parts.get(0));
    double[] units = units(maker);
    while (true) {
      Map<Integer, IntegerNetwork.Layer> made = new HashMap<>();
      for (NetworkPart part : weighted()) {
        made.put(
            part.place(),
            IntegerLayerMaker.currents(layer(part), part.layer().paramTable(), units.clone()));
      }
      for (NetworkPart part : neurons()) {
        made.put(
            part.place(),
            IntegerLayerMaker.charged(layer(part), part.layer().paramTable(), units.clone()));
      }
      if (limit == null || !coarsen(units, made, limit, passed)) {
        return made;
      }
      maker.equalise(units);
    }
  }

  private double[] units(IntegerLayerMaker maker) {
    double[] magnitudes = new double[0];
    for (NetworkPart part : weighted()) {
      double[] here =
          IntegerLayerMaker.weights(layer(part), part.layer().paramTable()).magnitudes();
      magnitudes = magnitudes.length == 0 ? here : largest(magnitudes, here);
    }
    double[] thresholds = MembraneNumbers.unlimited(magnitudes.length);
    double[] mostUnits = MembraneNumbers.unlimited(magnitudes.length);
    for (NetworkPart part : neurons()) {
      MembraneNumbers here =
          MembraneNumbers.of(layer(part), part.layer().paramTable(), thresholds.length);
      Arrays.setAll(thresholds, c -> Math.min(thresholds[c], here.thresholds()[c]));
      Arrays.setAll(mostUnits, c -> Math.min(mostUnits[c], here.mostUnits()[c]));
    }
    return maker.units(layer(neurons().get(0)).name(), magnitudes, thresholds, mostUnits);
  }

  private static double[] largest(double[] one, double[] other) {
    double[] largest = new double[one.length];
    Arrays.setAll(largest, c -> Math.max(one[c], other[c]));
    return largest;
  }

  /** Whether membranes did not fit; the units are then coarser. */
  private boolean coarsen(
      double[] units,
      Map<Integer, IntegerNetwork.Layer> made,
      MembraneLimit limit,
      PassedSpikes passed) {
    int fraction =
        weighted().stream().mapToInt(part -> passed.readBy(part).fraction()).max().orElse(0);
    double[] factors = new double[units.length];
    for (int c = 0; c < units.length; c++) {
      factors[c] = 1;
      Map<Integer, SumRange> charges = new HashMap<>();
      for (NetworkPart part : parts) {
        SumRange charge = SumRange.NOTHING;
        if (made.containsKey(part.place()) && !part.hasNeurons()) {
          charge = MembraneLimit.charge(made.get(part.place()), c, passed.readBy(part));
        } else {
          for (int input : part.inputs()) {
            charge = charge.and(charges.get(input));
          }
        }
        charges.put(part.place(), charge);
        IntegerNetwork.Layer integers = made.get(part.place());
        if (part.hasNeurons() && integers.dynamics() instanceof IntegerNeuron) {
          String name = layer(part).name();
          factors[c] = Math.max(factors[c], limit.coarser(name, integers, c, charge, fraction));
        }
      }
    }
    Arrays.setAll(units, c -> units[c] * factors[c]);
    return Arrays.stream(factors).anyMatch(factor -> factor > 1);
  }
}
