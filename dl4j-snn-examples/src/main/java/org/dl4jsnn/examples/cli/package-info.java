/**
 * The command line, on top of all other packages: {@link org.dl4jsnn.examples.cli.Examples} knows
 * every command.
 */
package org.dl4jsnn.examples.cli;
