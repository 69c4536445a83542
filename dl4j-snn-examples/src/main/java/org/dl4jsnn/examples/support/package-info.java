/**
 * Shared by all examples: printing, user errors, rules of options, threads, other processes.
 * Depends on no other package of the examples.
 */
package org.dl4jsnn.examples.support;
