package org.dl4jsnn.nir;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.DialectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program makes of a graph: files name neither a time step, nor the kind of reset, nor how
 * the equations are solved. A dialect does what its program does, the same arithmetic in the same
 * order: it ignores what the program ignores, with a warning, and refuses what the program refuses
 * because it has no equation for it (equations 61 to 66 of docs/mathematics.md, table in
 * docs/nir.md). Immutable.
 *
 * <ul>
 *   <li>{@link #snnTorch()}, {@link #norse()}, {@link #sinabs()}, {@link #spikingJelly()}:
 *       programs.
 *   <li>{@link #exact()}: the format's equations, solved.
 * </ul>
 */
public final class NirDialect {

  private static final Logger LOG = LoggerFactory.getLogger(NirDialect.class);

  private static final double TENTH_OF_A_MILLISECOND = 1e-4;
  private static final double MILLISECOND = 1e-3;

  private final Program program;
  private final double timeStep;

  /** Null for what the program does. */
  private final NirReset reset;

  private final boolean lateReset;

  private enum Program {
    SNNTORCH(new SnnTorchRules(), TENTH_OF_A_MILLISECOND),
    NORSE(new NorseRules(), MILLISECOND),
    SINABS(new SinabsRules(), 1),
    SPIKINGJELLY(new SpikingJellyRules(), TENTH_OF_A_MILLISECOND),
    EXACT(new ExactRules(), TENTH_OF_A_MILLISECOND);

    private final DialectRules rules;
    private final double timeStep;

    Program(DialectRules rules, double timeStep) {
      this.rules = rules;
      this.timeStep = timeStep;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private NirDialect(Program program, double timeStep, NirReset reset, boolean lateReset) {
    this.program = program;
    this.timeStep = Require.positiveFinite("time step", timeStep);
    this.reset = reset;
    this.lateReset = lateReset;
  }

  private static NirDialect of(Program program) {
    return new NirDialect(program, program.timeStep, null, false);
  }

  /**
   * snnTorch 1.0: 1e-4 s; LIF and CubaLIF are reset to zero, IF by subtraction.
   *
   * @return the dialect
   */
  public static NirDialect snnTorch() {
    return of(Program.SNNTORCH);
  }

  /**
   * Norse 1.1: 1e-3 s; reset to zero.
   *
   * @return the dialect
   */
  public static NirDialect norse() {
    return of(Program.NORSE);
  }

  /**
   * sinabs 3.1: takes time constants for numbers of steps, as a time step of 1 s does; reset by
   * subtraction, several spikes a step.
   *
   * @return the dialect
   */
  public static NirDialect sinabs() {
    return of(Program.SINABS);
  }

  /**
   * SpikingJelly 0.0.0.1: 1e-4 s; reset to v_reset; a threshold that is reached is a spike.
   *
   * @return the dialect
   */
  public static NirDialect spikingJelly() {
    return of(Program.SPIKINGJELLY);
  }

  /**
   * The format's equations, solved for an input that stays the same over a step: 1e-4 s; reset to
   * v_reset at the time of the crossing.
   *
   * @return the dialect
   */
  public static NirDialect exact() {
    return of(Program.EXACT);
  }

  /**
   * A dialect by its name.
   *
   * @param name snntorch, norse, sinabs, spikingjelly or exact
   * @return the dialect
   * @throws IllegalArgumentException if there is none of that name
   */
  public static NirDialect named(String name) {
    Require.given("dialect", name);
    return Stream.of(Program.values())
        .filter(program -> program.text().equals(name.toLowerCase(Locale.ROOT)))
        .map(NirDialect::of)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "dialect must be one of " + String.join(", ", names()) + ", got " + name));
  }

  /**
   * The names of all dialects.
   *
   * @return the names
   */
  public static List<String> names() {
    return Stream.of(Program.values()).map(Program::text).collect(Collectors.toList());
  }

  /**
   * The same dialect with another time step.
   *
   * @param seconds dt, s; positive and finite
   * @return the dialect
   * @throws IllegalArgumentException if the time step breaks its rule
   */
  public NirDialect withTimeStep(double seconds) {
    return new NirDialect(program, seconds, reset, lateReset);
  }

  /**
   * The same dialect with another reset of all spiking neurons.
   *
   * @param other what a spike does
   * @return the dialect
   */
  public NirDialect withReset(NirReset other) {
    return new NirDialect(program, timeStep, Require.given("reset", other), lateReset);
  }

  /**
   * snnTorch with resets a step late, as its neurons have them unless told otherwise; its reader of
   * files tells them otherwise.
   *
   * @return the dialect
   * @throws IllegalStateException of another dialect
   */
  public NirDialect withLateReset() {
    if (program != Program.SNNTORCH) {
      throw new IllegalStateException(
          "late resets must be those of snntorch, got the dialect " + this);
    }
    return new NirDialect(program, timeStep, reset, true);
  }

  /**
   * The name.
   *
   * @return snntorch, norse, sinabs, spikingjelly or exact
   */
  public String name() {
    return program.text();
  }

  /**
   * The time step.
   *
   * @return dt, s
   */
  public double timeStep() {
    return timeStep;
  }

  /**
   * The reset that all spiking neurons were given.
   *
   * @return what a spike does; empty for what the program does
   */
  public Optional<NirReset> reset() {
    return Optional.ofNullable(reset);
  }

  /**
   * Whether resets come a step late.
   *
   * @return true with {@link #withLateReset}
   */
  public boolean isLateReset() {
    return lateReset;
  }

  /**
   * Whether an edge that carries a value of the step before carries a linear node's bias at the
   * first step. In snnTorch spikes of the step before pass the recurrent weights; elsewhere their
   * output does, and before the first step there is none.
   *
   * @return true of snnTorch
   */
  public boolean beginsWithBias() {
    return program == Program.SNNTORCH;
  }

  /**
   * The neuron of a layer: of a node of which every neuron is a channel. Where the library's own
   * neuron computes the same, it is that one. Neurons that fire several times a step fire once.
   *
   * @param name the node's name
   * @param node the node
   * @return the neuron; an integrator never fires
   * @throws NirRefusedException if the dialect has no equation for a parameter
   */
  public NeuronDynamics neuron(String name, NirNeurons node) {
    return DialectLayers.ofLayer(name, node, simulated(name, node), NodeOrigins.of(this, node));
  }

  /**
   * The dialect by which a node was read.
   *
   * @param origin what a layer keeps of the node
   * @return the dialect, with its time step and reset
   * @throws IllegalArgumentException if there is no such dialect
   */
  public static NirDialect of(DialectNode origin) {
    NirDialect dialect = named(origin.dialect()).withTimeStep(origin.timeStep());
    dialect =
        origin.reset() == null ? dialect : dialect.withReset(NodeOrigins.reset(origin.reset()));
    return origin.lateReset() ? dialect.withLateReset() : dialect;
  }

  /**
   * Whether this dialect makes the same neuron of a node again; nothing is logged.
   *
   * @param name the node's name
   * @param node the node, of which every neuron is a channel
   * @param neuron the neuron that a layer has
   * @return false where the neuron was changed since
   */
  public boolean makes(String name, NirNeurons node, DialectNeuron neuron) {
    NeuronDynamics made =
        DialectLayers.ofLayer(
            name, node, simulated(name, node, ignored -> {}), NodeOrigins.of(this, node));
    return neuron.equals(made);
  }

  /** The neuron of a simulation, in which every neuron may begin with another membrane. */
  DialectNeuron simulated(String name, NirNeurons node) {
    return simulated(
        name,
        node,
        parameter ->
            LOG.warn(
                "node {} ({}): {} is ignored in the dialect {}, as the program does",
                name,
                node.type(),
                parameter,
                name()));
  }

  private DialectNeuron simulated(String name, NirNeurons node, Consumer<String> ignored) {
    NeuronShapes.require(name, node);
    DialectSettings settings = new DialectSettings(timeStep, reset, lateReset, ignored);
    try {
      return program.rules.neuron(node, settings);
    } catch (NirRefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new NirRefusedException(name, node, e.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NirDialect that
        && program == that.program
        && Double.compare(timeStep, that.timeStep) == 0
        && reset == that.reset
        && lateReset == that.lateReset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(program, timeStep, reset, lateReset);
  }

  @Override
  public String toString() {
    return name()
        + ", time step "
        + timeStep
        + " s"
        + (reset == null
            ? ""
            : ", reset " + reset.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        + (lateReset ? ", a step late" : "");
  }
}
