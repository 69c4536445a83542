package org.dl4jsnn.monitor.health.ui;

import java.util.List;
import java.util.Optional;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.live.LiveSpikes;

/**
 * The reports of a training.
 *
 * @param name its name
 * @param epochs the reports of its epochs, in order
 * @param live its latest response to its sample
 */
record WatchedSession(String name, List<EpochHealth> epochs, Optional<LiveSpikes> live) {}
